import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import File from '#files/models/file'

/** The user's files, newest first. */
export class FileList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(trx: TransactionClientContract, limit: number, before?: string) {
    return File.query({ client: trx })
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
  }
}
