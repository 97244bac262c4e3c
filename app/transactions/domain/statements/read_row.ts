import type { NamedSplit } from '#transactions/domain/exports/exported_splits'
import type { RowField } from '#transactions/domain/statements/fields'
import {
  Rejection,
  messageOf,
  type RejectionReason,
} from '#transactions/domain/statements/rejection'
import { UNDECODABLE } from '#transactions/domain/statements/encoding'
import type { WrittenRow } from '#transactions/domain/statements/written_row'

/**
 * How far an id names one transaction and no other, where it isn't one by its format:
 * the person said so, the header is known for it, or the header is that of a counter too.
 */
export type IdTrust = 'mapped' | 'known' | 'doubtful'

/** A row as a transaction to be: trimmed NFC text, a signed amount in minor units. */
export interface Draft {
  externalId: string | null
  idTrust?: IdTrust
  /** What the bank refers to a payment by, and to others too; older imports took it for an id. */
  reference?: string
  /** Of an export of Finora's own: the transaction that the row was. */
  ownId?: string
  /** Where an export of Finora's own says that the row belongs. */
  accountId?: string
  /** Its account is named as Finora names it. */
  accountIsOwn?: boolean
  /** It stands in a statement of another account than the file's first. */
  isElsewhere?: boolean
  bookedOn: string
  accountName: string | null
  payee: string
  description: string
  notes: string
  categoryName: string | null
  amountMinor: number
  currency: string
  tags: string[]
  /** The parts of a split transaction, in exports of Finora's own. */
  splits?: NamedSplit[]
}

export interface AcceptedRow {
  readonly number: number
  readonly ok: true
  readonly draft: Draft
  readonly raw: string
}

export interface RejectedRow {
  readonly number: number
  readonly ok: false
  /** The field at fault, null when it is the row as a whole. */
  readonly field: RowField | null
  readonly reason: RejectionReason
  readonly message: string
  readonly written: WrittenRow | null
  readonly raw: string
}

/** One row of a statement in any format. Rows count from 1 in the order of the file. */
export type ReadRow = AcceptedRow | RejectedRow

/** The most of a row's source that is worth keeping, in UTF-16 units. */
export const LONGEST_RAW = 10_000

/**
 * The row that `read` makes of the text `raw`. Postgres takes no NUL, so the
 * raw text has it replaced: uploaded again it is rejected again.
 */
export function rowOf(number: number, read: Draft | Rejection, raw: string): ReadRow {
  if (!(read instanceof Rejection)) return { number, ok: true, draft: read, raw }

  const { field, reason, written } = read
  const text = raw.slice(0, LONGEST_RAW).replaceAll('\0', UNDECODABLE)
  return { number, ok: false, field, reason, message: messageOf(reason, field), written, raw: text }
}
