import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import File from '#files/models/file'
import type User from '#users/models/user'

interface Input {
  actor: User
  upload: { key: string; name: string; mimeType: string; size: number; sha256: Buffer }
}

/** Takes uploaded bytes in as a file of the user's. */
export default class KeepFile {
  async handle({ actor, upload }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const { sha256: digest, ...details } = upload
      const file = await File.create({ userId: actor.id, digest, ...details }, { client: trx })
      await audit.record({ actor, action: 'file.kept', subject: file, userId: actor.id }, trx)
      await file.refresh()
      return file
    })
  }
}
