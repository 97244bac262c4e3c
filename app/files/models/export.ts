import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ExportSchema } from '#database/schema'
import { exportLifetimeDays } from '#config/personal_data'
import File from '#files/models/file'
import type { Measure } from '#core/storage/stored_bytes'

/** A person's wish to have all their data, and the file that came of it. */
export default class Export extends ExportSchema {
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(record: Export) {
    record.id ??= randomUUIDv7()
    record.status ??= 'pending'
  }

  /** The one that is being made, if there is one; nobody can ask for another meanwhile. */
  static async underWay(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery('SELECT 1 FROM users WHERE id = ? FOR NO KEY UPDATE', [userId])
    return Export.query({ client: trx }).whereIn('status', ['pending', 'active']).first()
  }

  static lock(id: string, trx: TransactionClientContract) {
    return Export.query({ client: trx }).where('id', id).forUpdate().first()
  }

  get isOver() {
    return this.status === 'completed' || this.status === 'failed'
  }

  async start(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE exports SET status = 'active', started_at = coalesce(started_at, now()) WHERE id = ?`,
      [this.id]
    )
  }

  /** Puts the archive among the user's files, where it stays for some days. */
  async complete(archive: Measure & { key: string }, trx: TransactionClientContract) {
    const { sha256: digest, ...stored } = archive
    const { rows } = await trx.rawQuery(
      `SELECT 'finora-export-' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') || '.zip' AS name`
    )
    const file = await File.create(
      {
        userId: this.userId,
        ...stored,
        digest,
        name: rows[0].name,
        mimeType: 'application/zip',
        purpose: 'export',
      },
      { client: trx }
    )
    await trx.rawQuery(
      `WITH kept AS (
         UPDATE files SET created_at = now(), expires_at = now() + make_interval(days => ?)
         WHERE id = ? RETURNING expires_at
       )
       UPDATE exports SET status = 'completed', file_id = ?, finished_at = now(),
         expires_at = (SELECT expires_at FROM kept)
       WHERE id = ?`,
      [exportLifetimeDays, file.id, file.id, this.id]
    )
  }

  async fail(trx: TransactionClientContract) {
    await trx.rawQuery(`UPDATE exports SET status = 'failed', finished_at = now() WHERE id = ?`, [
      this.id,
    ])
  }
}
