import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ImportRow } from '#transactions/queries/import_row_list'

export const importRowSchema = s.resource('ImportRow', {
  number: s.integer({ description: 'Counts the data rows of the file from 1' }),
  verdict: s.enumOf(['imported', 'duplicate', 'rejected']),
  field: s.nullable(s.text({ description: 'The field the reason is about' })),
  reason: s.nullable(
    s.text({ description: 'Why it was rejected or is a duplicate, or what to know about it' })
  ),
  rule: s.nullable(
    s.enumOf(['externalId', 'ownId', 'fingerprint', 'deleted', 'override', 'merged'], {
      description: `Why it is a duplicate: the bank's id, the id of your own transaction, its content, that you
        deleted it, that you said so, or that a proposal was accepted. Also \`override\`: you had it booked`,
    })
  ),
  transactionId: s.nullable(
    s.id({ description: 'What it became, or what it duplicates; `deleted` names what is gone' })
  ),
  matches: s.nullable(
    s.id({ description: 'The transaction entered by hand that it probably is; see proposals' })
  ),
  raw: s.nullable(s.text({ description: 'Its text in the file, cut at 10,000 characters' })),
})

export default class ImportRowTransformer extends Transformer<ImportRow> {
  toObject() {
    const { number, verdict, rule, transactionId, matches, raw } = this.resource
    const { field, reason } = this.#reason()
    return { number, verdict, field, reason, rule, transactionId, matches, raw }
  }

  #reason(): Pick<ImportRow, 'field' | 'reason'> {
    const { verdict, field, reason, rule } = this.resource
    const repeats = verdict === 'duplicate' && rule !== null ? REPEATS[rule] : undefined
    return repeats ? { field: null, reason: repeats } : { field, reason }
  }
}

/** Why a row is a duplicate, by its rule. */
const REPEATS: Record<string, string> = {
  externalId: "The account has a transaction with the bank's id of this row",
  ownId: 'It is one of your own transactions, as an export has it',
  fingerprint: 'The account has a transaction of the same day, amount and texts',
  deleted: 'It was imported before, and deleted by hand since',
  override: 'You said that it is another transaction',
  merged: 'It was merged with a transaction entered by hand',
}
