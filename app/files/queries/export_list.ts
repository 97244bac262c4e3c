import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Export from '#files/models/export'

/** The user's exports, newest first. */
export class ExportList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, before?: string) {
    const found = Export.query()
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
