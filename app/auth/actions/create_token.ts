import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import { PersonalToken } from '#auth/domain/personal_token'
import SignInAgain from '#auth/exceptions/sign_in_again'
import MailNotice from '#auth/jobs/mail_notice'
import PersonalAccessToken from '#auth/models/personal_access_token'
import Session from '#auth/models/session'
import type User from '#users/models/user'

interface Input {
  actor: User
  sessionId: string
  name: string
  scopes: ('read' | 'write')[]
  expiresAt?: string | null
}

/** Gives a program a way in that outlives the session. Throws `SignInAgain`, `ValidationFailed`. */
export default class CreateToken {
  async handle({ actor, sessionId, name, scopes, expiresAt = null }: Input) {
    const secret = PersonalToken.issue(actor.id, randomUUIDv7())

    return tenant.transaction(actor.id, async (trx) => {
      if (!(await Session.isFresh(sessionId, trx))) throw new SignInAgain()
      if (expiresAt && (await this.#isPast(expiresAt, trx))) {
        throw ValidationFailed.field('expiresAt', 'future', 'The token would have expired already')
      }

      const token = await PersonalAccessToken.keep(secret, { name, scopes, expiresAt }, trx)
      await audit.record(
        {
          actor,
          action: 'token.created',
          subject: token,
          data: { scopes: token.scopes, expiresAt },
          userId: actor.id,
        },
        trx
      )
      await outbox.enqueue(MailNotice, { userId: actor.id, notice: 'token-created' }, trx)
      return { token: await token.refresh(), secret: secret.value }
    })
  }

  /** By the database's clock, as everything that expires. */
  async #isPast(moment: string, trx: TransactionClientContract): Promise<boolean> {
    const { rows } = await trx.rawQuery('SELECT ?::timestamptz <= now() AS past', [moment])
    return rows[0].past
  }
}
