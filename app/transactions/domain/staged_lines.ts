import { randomUUIDv7 } from 'node:crypto'
import { type CopyRow, copyText, copyTexts, NULL } from '#core/database/copy'
import { isRefusal, type Candidate, type Refusal } from '#transactions/domain/import_plan'
import { isUuid } from '#core/database/uuid'

/** What a line holds, in its order. Rows without an id are rejected. */
export const STAGED_COLUMNS = `number, id, account_id, category_id, kind, amount_minor, currency,
  booked_on, identity, aliases, doubtful, by_payee, external_id, own_id, payee, bank_payee, description, notes, tags, repeats, field, reason, raw, is_stray`

/** The longest raw text of a row that is kept with its verdict, in UTF-16 units. */
const MOST_RAW = 10_000
const REMARKS = { unknownCategory: `category\tNo category has this name` }
const NO_BOOKING = `${NULL}\t`.repeat(19)

/**
 * Rows in COPY's format, made while the rows before them are written.
 *
 * @param seen identities of the rows of a dry run so far, which no table knows
 */
export function stagedLines(rows: (Candidate | Refusal)[], seen?: Set<string>): CopyRow[] {
  return rows.map((row) => {
    if (isRefusal(row)) return refusedLine(row)
    const repeats = seen?.has(row.identity) ?? false
    seen?.add(row.identity)
    return candidateLine(row, repeats)
  })
}

/** Whether the bank id of a row may be the id of one of the user's own transactions, as in an export. */
export function hasOwnId(row: Candidate | Refusal): boolean {
  return !isRefusal(row) && ownIdOf(row) !== null
}

/** Whether a transaction of the row may be known by something else than the row. */
export function hasAliases(row: Candidate | Refusal): boolean {
  return !isRefusal(row) && (row.aliases.length > 0 || row.doubtful !== null)
}

/** The first and the last day of some rows. */
export interface Days {
  first: string
  last: string
}

/** Null when all rows are refused. */
export function daysOf(rows: (Candidate | Refusal)[]): Days | null {
  let days: Days | null = null
  for (const row of rows) {
    if (isRefusal(row)) continue
    const { bookedOn } = row.draft
    days ??= { first: bookedOn, last: bookedOn }
    if (bookedOn < days.first) days.first = bookedOn
    if (bookedOn > days.last) days.last = bookedOn
  }
  return days
}

function ownIdOf({ draft: { externalId, ownId } }: Candidate) {
  if (ownId !== undefined) return ownId
  return externalId?.length === 36 && isUuid(externalId) ? externalId : null
}

function refusedLine({ number, field, message, raw }: Refusal) {
  return `${number}\t${NO_BOOKING}${field ?? NULL}\t${copyText(message)}\t${rawText(raw)}\tf`
}

function candidateLine(row: Candidate, repeats: boolean) {
  const { draft } = row
  const kind = draft.amountMinor > 0 ? 'income' : 'expense'
  const remark = row.remark === null ? `${NULL}\t${NULL}` : REMARKS[row.remark]
  return (
    `${row.number}\t${randomUUIDv7()}\t${row.accountId}\t${row.categoryId ?? NULL}\t${kind}\t` +
    `${draft.amountMinor}\t${draft.currency}\t${draft.bookedOn}\t${row.identity}\t` +
    `{${row.aliases.join()}}\t${row.doubtful?.identity ?? NULL}\t${row.doubtful?.byPayee ? 't' : 'f'}\t` +
    `${copyText(draft.externalId)}\t${ownIdOf(row) ?? NULL}\t${copyText(row.payee)}\t${copyText(row.bankPayee)}\t` +
    `${copyText(draft.description || null)}\t${copyText(draft.notes || null)}\t` +
    `${copyTexts(row.tags)}\t${repeats ? 't' : 'f'}\t${remark}\t${rawText(row.raw)}\t${row.isStray ? 't' : 'f'}`
  )
}

/** Never half a character at the end. */
function rawText(raw: string) {
  if (raw.length <= MOST_RAW) return copyText(raw)
  return copyText(raw.slice(0, MOST_RAW).replace(/[\ud800-\udbff]$/, ''))
}
