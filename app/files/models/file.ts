import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FileSchema } from '#database/schema'
import { outbox } from '#core/database/outbox'
import DeleteBytes from '#files/jobs/delete_bytes'

/** Bytes a user gave to keep, or that Finora made for them, under a key of its own. */
export default class File extends FileSchema {
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(file: File) {
    file.id ??= randomUUIDv7()
  }

  /** Forgets it at once; the worker deletes the bytes as soon as storage is there. */
  async discard(trx: TransactionClientContract) {
    await trx.from(File.table).where('id', this.id).delete()
    await outbox.enqueue(DeleteBytes, { key: this.key }, trx)
  }
}
