import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import type { Mapping } from '#transactions/domain/statements/mapping'
import ImportProfile from '#transactions/models/import_profile'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { name?: string; mapping?: Mapping }
  precondition: Precondition
}

/** Renames a profile or replaces its mapping; imports that used it keep what they read by. */
export default class ChangeProfile {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const profile = await ImportProfile.query({ client: trx })
        .where('id', id)
        .forUpdate()
        .firstOrFail()
      await precondition(profile, trx)
      await profile.merge(changes).save()
      await audit.record(
        { actor, action: 'importProfile.changed', subject: profile, userId: actor.id },
        trx
      )
      return profile
    })
  }
}
