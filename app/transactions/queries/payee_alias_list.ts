import { records } from '#core/database/records'
import type { Reader } from '#core/database/tenant'
import PayeeAlias from '#transactions/models/payee_alias'

interface Filters {
  payee?: string
}

/** The user's aliases, newest first. */
export class PayeeAliasList {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, { payee }: Filters, limit: number, before?: string) {
    const found = PayeeAlias.query()
      .if(payee, (query) => query.where('payee', payee!))
      .if(before, (query) => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(limit)
    return records(reader, found)
  }
}
