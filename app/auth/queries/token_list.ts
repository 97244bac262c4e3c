import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import PersonalAccessToken from '#auth/models/personal_access_token'

/** The user's personal access tokens, the oldest first. */
export class TokenList {
  /** @param after the id of the last one of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, after?: string) {
    const found = PersonalAccessToken.query()
      .if(after, (query) => query.where('id', '>', after!))
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
