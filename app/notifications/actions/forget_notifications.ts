import { retention } from '#config/notifications'
import { system } from '#core/database/system'

const BATCH = 5_000

/** Forgets what was told long ago, sooner if it was read, and what reminds of it. */
export default class ForgetNotifications {
  async handle() {
    const { readDays, unreadDays } = retention
    await this.#forget('notifications', 'read_at IS NOT NULL AND created_at', readDays)
    await this.#forget('notifications', 'created_at', unreadDays)
    await this.#forget('notifications', 'deleted_at', retention.deletedDays)
    await this.#forget('digests', 'created_at', unreadDays)
    await this.#forget('alert_triggers', 'triggered_at', unreadDays)
  }

  /** @param aged a condition that ends in the name of the moment it counts from */
  async #forget(table: string, aged: string, days: number) {
    for (;;) {
      const { rowCount } = await system.transaction((trx) =>
        trx.rawQuery(
          `DELETE FROM ${table} WHERE ctid IN (
             SELECT ctid FROM ${table} WHERE ${aged} < now() - ? * interval '1 day' LIMIT ${BATCH}
           )`,
          [days]
        )
      )
      if (rowCount < BATCH) return
    }
  }
}
