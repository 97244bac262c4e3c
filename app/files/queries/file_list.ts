import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import File from '#files/models/file'

/** The user's files, newest first. */
export class FileList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, before?: string) {
    const found = File.query()
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
