import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import File from '#files/models/file'
import type User from '#users/models/user'

/** Deletes a file of the user's, bytes included. */
export default class DeleteFile {
  async handle({ actor, id }: { actor: User; id: string }) {
    await tenant.transaction(actor.id, async (trx) => {
      const file = await File.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      await file.discard(trx)
      await audit.record({ actor, action: 'file.deleted', subject: file, userId: actor.id }, trx)
    })
  }
}
