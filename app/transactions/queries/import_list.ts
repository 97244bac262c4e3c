import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Import from '#transactions/models/import'

/** The user's imports, newest first. */
export class ImportList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(trx: TransactionClientContract, limit: number, before?: string) {
    return Import.query({ client: trx })
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
  }
}
