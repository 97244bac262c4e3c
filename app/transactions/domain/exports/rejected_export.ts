import { neutralized } from '#transactions/domain/exports/exported_text'
import { REJECTED_HEADERS } from '#transactions/domain/exports/rejected_columns'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { RowReader } from '#transactions/domain/statements/csv/row_reader'
import { UNDECODABLE } from '#transactions/domain/statements/encoding'
import type { ReadRow } from '#transactions/domain/statements/read_row'
import { lineOf } from '#transactions/domain/statements/texts'
import { writtenDraft, type WrittenRow } from '#transactions/domain/statements/written_row'

/** How a file of these columns is read. */
const LAYOUT: CsvLayout = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  preambleLines: 0,
  lead: 0,
  headers: REJECTED_HEADERS,
  cells: { least: REJECTED_HEADERS.length, most: REJECTED_HEADERS.length },
  columns: {
    ...{ id: 0, bookedOn: 1, payee: 2, description: 3, notes: 4, category: 5 },
    ...{ amount: 6, currency: 7, status: 8 },
  },
  ids: { index: 0, trust: 'mapped' },
  others: {},
  decimal: '.',
  dateOrder: 'YMD',
  positive: 'income',
  creditsAreNegative: false,
  confidence: {
    ...{ format: 1, encoding: 1, dialect: 1, columns: 1, decimal: 1, dateOrder: 1, positive: 1 },
  },
}

const NOTHING: WrittenRow = {
  ...{ id: '', date: '', payee: '', description: '', notes: '', category: '' },
  ...{ amount: '', currency: '' },
}

/** Why a row was rejected: the field at fault, and the sentence for people. */
interface Verdict {
  field: string | null
  reason: string | null
}

/**
 * Rejected rows in columns of Finora's own. What nobody has corrected is rejected
 * again: where its cells alone would be booked, a word in `status` holds it back.
 */
export class RejectedExport {
  readonly #reader: RowReader

  /** @param currency of the account the file was for */
  constructor(currency: string) {
    this.#reader = new RowReader(LAYOUT, currency)
  }

  /** The cells of a row, in the order of the headers. */
  cells(row: ReadRow, { field, reason }: Verdict): string[] {
    const written = row.ok ? writtenDraft(row.draft) : (row.written ?? NOTHING)
    const said = [
      ...[written.id, written.date, written.payee, written.description, written.notes],
      ...[written.category, written.amount, written.currency],
    ].map(neutralized)
    const source = neutralized(lineOf(row.raw.replaceAll(UNDECODABLE, '?')))
    const tail = [String(row.number), source, reason ?? '']
    return [...said, this.#status(field, written, [...said, '', ...tail]), ...tail]
  }

  #status(field: string | null, { currency }: WrittenRow, cells: string[]) {
    if (field === 'status') return 'pending'
    if (field === 'currency' && currency !== '') return ''
    const { ok } = this.#reader.read({ line: 1, cells, raw: '', broken: null }, 1)
    return ok ? 'rejected' : ''
  }
}
