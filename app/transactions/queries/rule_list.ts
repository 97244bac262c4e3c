import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import Rule from '#transactions/models/rule'

/** The user's rules in the order in which they act. */
export class RuleList {
  /** @param after the last one of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, after?: { position: number; id: string } | null) {
    const found = Rule.query()
      .if(after, (query) =>
        query.whereRaw('(position, id) > (?, ?::uuid)', [after!.position, after!.id])
      )
      .orderBy('position')
      .orderBy('id')
      .limit(limit)
    return records(reader, found)
  }
}
