import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import ImportProfile from '#transactions/models/import_profile'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/** Forgets a profile: files it was recognised for are read by guess again. */
export default class DeleteProfile {
  async handle({ actor, id, precondition }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const profile = await ImportProfile.query({ client: trx })
        .where('id', id)
        .forUpdate()
        .firstOrFail()
      await precondition(profile, trx)
      await profile.delete()
      await audit.record(
        { actor, action: 'importProfile.deleted', subject: profile, userId: actor.id },
        trx
      )
    })
  }
}
