import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import ImportProfile from '#transactions/models/import_profile'

/** The user's mapping profiles, oldest first. */
export class ProfileList {
  /** @param after the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, filters: { accountId?: string }, limit: number, after?: string) {
    const found = ImportProfile.query()
      .if(filters.accountId, (query) => query.where('account_id', filters.accountId!))
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
