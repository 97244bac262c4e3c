import { system } from '#core/database/system'
import type User from '#users/models/user'

/** Whoever was gone for so long that its tombstone is `days` old. */
export async function age(user: User, days: number) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE transaction_tombstones SET removed_at = now() - ? * interval '1 day' WHERE user_id = ?`,
      [days, user.id]
    )
  )
}
