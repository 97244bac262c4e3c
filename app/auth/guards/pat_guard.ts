import { randomUUIDv7 } from 'node:crypto'
import type { AuthClientResponse } from '@adonisjs/auth/types'
import { tenant, type Credential } from '#core/database/tenant'
import { bearerToken } from '#core/http/bearer_token'
import { Forbidden } from '#core/http/problem'
import { LastUses } from '#auth/domain/last_uses'
import { PersonalToken } from '#auth/domain/personal_token'
import { BearerGuard } from '#auth/guards/bearer_guard'
import PersonalAccessToken from '#auth/models/personal_access_token'
import type User from '#users/models/user'

const lastUses = new LastUses()
const READS = ['GET', 'HEAD']

/**
 * Knows programs by `fin_pat_…`. Nothing in such a token vouches for it but its
 * digest in Postgres, so that is asked before anything but counting happens in the
 * name of its user.
 */
export class PatGuard extends BearerGuard {
  readonly driverName = 'pat'

  #mayWrite = false

  /** Whose token it says it is: a proof can't travel along, since nothing vouches for it. */
  async present(): Promise<Credential | null> {
    const token = PersonalToken.read(bearerToken(this.ctx.request))
    return token && { userId: token.userId }
  }

  override authorize() {
    if (!this.#mayWrite && !READS.includes(this.ctx.request.method())) {
      throw new Forbidden('This token has the scope `read` only.')
    }
  }

  /** `client.get(…).withGuard('pat').loginAs(user)` */
  async authenticateAsClient(user: User): Promise<AuthClientResponse> {
    const token = PersonalToken.issue(user.id, randomUUIDv7())
    await tenant.transaction(user.id, (trx) =>
      PersonalAccessToken.keep(token, { name: 'test', scopes: ['write'], expiresAt: null }, trx)
    )
    return { headers: { authorization: `Bearer ${token.value}` } }
  }

  protected async identify() {
    const token = PersonalToken.read(bearerToken(this.ctx.request))
    const holder = token && (await PersonalAccessToken.holderOf(token))
    if (!holder) return null
    this.#mayWrite = holder.mayWrite
    this.#noteUse(token)
    return holder.user
  }

  /** Written once the answer is out, so that no request waits for it. */
  #noteUse(token: PersonalToken) {
    if (!lastUses.isDue(token.id)) return

    const { response, logger } = this.ctx
    response.onFinish(() => {
      PersonalAccessToken.touch(token).catch((error) =>
        logger.warn({ err: error }, 'the use of a token could not be noted')
      )
    })
  }
}
