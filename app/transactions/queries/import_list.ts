import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Import from '#transactions/models/import'

/** The user's imports, newest first. */
export class ImportList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, before?: string) {
    const found = Import.query()
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
