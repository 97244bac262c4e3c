import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { newKey } from '#core/storage/keys'
import { patiently } from '#core/storage/patiently'
import { storedBytes } from '#core/storage/stored_bytes'
import Export from '#files/models/export'
import { keepPersonalArchive } from '#files/services/personal_archive'

interface Input {
  userId: string
  exportId: string
}

/** Gathers everything a user has in one archive among their files. */
export default class GatherExport {
  async handle({ userId, exportId }: Input) {
    const isDue = await tenant.transaction(userId, async (trx) => {
      const record = await Export.lock(exportId, trx)
      if (!record || record.isOver) return false
      await record.start(trx)
      return true
    })
    if (!isDue) return

    const key = newKey('files', userId)
    const measure = await patiently(() => keepPersonalArchive(userId, key))
    const archive = { key, ...measure }
    const isTaken = await tenant.transaction(userId, async (trx) => {
      const record = await Export.lock(exportId, trx)
      if (!record || record.isOver) return false
      await record.complete(archive, trx)
      await this.#note('export.completed', record, trx)
      return true
    })
    if (!isTaken) await storedBytes.discard(key)
  }

  /** Says that it could not be made; the user may ask again. */
  async giveUp({ userId, exportId }: Input) {
    await tenant.transaction(userId, async (trx) => {
      const record = await Export.lock(exportId, trx)
      if (!record || record.isOver) return
      await record.fail(trx)
      await this.#note('export.failed', record, trx)
    })
  }

  async #note(action: string, record: Export, trx: TransactionClientContract) {
    await audit.record({ actor: 'system', action, subject: record, userId: record.userId }, trx)
  }
}
