import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Category from '#transactions/models/category'

interface Filters {
  kind?: Category['kind']
}

/** The user's categories in the order they were made, parents before children they started with. */
export class CategoryList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { kind }: Filters, limit: number, after?: string) {
    const found = Category.query()
      .if(kind, (query) => query.where('kind', kind!))
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
