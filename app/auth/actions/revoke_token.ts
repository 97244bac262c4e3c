import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import PersonalAccessToken from '#auth/models/personal_access_token'
import type User from '#users/models/user'

/** Ends a personal access token at once. Throws `NotFound`. */
export default class RevokeToken {
  async handle({ actor, id }: { actor: User; id: string }) {
    await tenant.transaction(actor.id, async (trx) => {
      const token = await PersonalAccessToken.findOrFail(id, { client: trx })
      await token.delete()
      await audit.record({ actor, action: 'token.revoked', subject: token, userId: actor.id }, trx)
    })
  }
}
