import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import File from '#files/models/file'

/** Files that are forgotten in one go; the rest waits for the next time. */
const BATCH = 500

/** Deletes what was only to be kept for a while, whoever's it is. */
export default class ForgetExpiredFiles {
  async handle() {
    const expired = await system.transaction((trx) =>
      File.query({ client: trx }).whereRaw('expires_at < now()').orderBy('expires_at').limit(BATCH)
    )
    for (const { userId, id } of expired) {
      await tenant.transaction(userId, async (trx) => {
        const file = await File.query({ client: trx }).where('id', id).forUpdate().first()
        await file?.discard(trx)
      })
    }
  }
}
