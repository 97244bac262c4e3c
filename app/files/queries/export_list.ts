import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Export from '#files/models/export'

/** The user's exports, newest first. */
export class ExportList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(trx: TransactionClientContract, limit: number, before?: string) {
    return Export.query({ client: trx })
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
  }
}
