import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Category from '#transactions/models/category'

interface Filters {
  kind?: Category['kind']
}

/** The user's categories in the order they were made, parents before children they started with. */
export class CategoryList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(trx: TransactionClientContract, { kind }: Filters, limit: number, after?: string) {
    return Category.query({ client: trx })
      .if(kind, (query) => query.where('kind', kind!))
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
  }
}
