import { currency as currencyOf } from '#core/money/currency'
import { detectDecimal, type DecimalMark } from '#transactions/domain/statements/amounts'
import { requireConfidence } from '#transactions/domain/statements/confidence'
import {
  mappedColumns,
  mapsColumns,
  type CsvColumns,
  type NamedColumns,
} from '#transactions/domain/statements/csv/columns'
import { MAX_COLUMNS } from '#transactions/domain/statements/csv/csv_row'
import { detectDialect } from '#transactions/domain/statements/csv/dialect'
import { directionBeside } from '#transactions/domain/statements/csv/direction_column'
import { guessColumns, type Others } from '#transactions/domain/statements/csv/guessed_columns'
import { dateOrderOf } from '#transactions/domain/statements/csv/known_layouts'
import { summaryLines } from '#transactions/domain/statements/csv/known_shapes'
import { headerCurrency } from '#transactions/domain/statements/csv/header_names'
import {
  numbered,
  withoutLead,
  type LedDialect,
} from '#transactions/domain/statements/csv/led_rows'
import { idColumnOf, type IdColumn } from '#transactions/domain/statements/csv/id_column'
import { detectPositive, type Positive } from '#transactions/domain/statements/csv/positive'
import { detectDateOrder } from '#transactions/domain/statements/date_order'
import { dateOrder, type DateOrder } from '#transactions/domain/statements/dates'
import { areAllNegative, isNegative } from '#transactions/domain/statements/csv/signs'
import { ROW_FIELDS, type RowField } from '#transactions/domain/statements/fields'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { completed, isInOwnWords } from '#transactions/domain/exports/own_export'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

type Detected = 'dialect' | 'columns' | 'decimal' | 'dateOrder' | 'positive'

/** What the text of a CSV tells of how to read it. */
export interface CsvShape {
  readonly delimiter: string
  readonly quote: string
  readonly preambleLines: number
  /** How many cells of each row are Finora's, in a file of rejected rows. */
  readonly lead: number
  /** The header's cells, null for a file without one. */
  readonly headers: string[] | null
  /** How many cells a row has; further ones must be empty. */
  readonly cells: { readonly least: number; readonly most: number }
  readonly columns: CsvColumns
  readonly ids: IdColumn | null
  /** Where else a text may stand, of guessed columns. */
  readonly others: Others
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  /** What a positive amount is. */
  readonly positive: Positive
  /** Every credit has a minus, as a card's that counts what is spent as positive. */
  readonly creditsAreNegative: boolean
  /** 0..1 for each thing that was detected, 1 for what was stated. */
  readonly confidence: Record<Detected, number>
}

export interface CsvLayout extends CsvShape {
  readonly format: 'csv'
  readonly encoding: string
  readonly confidence: Record<Detected | 'format' | 'encoding', number>
}

interface Known {
  /** The account's. */
  currency: string
  mapping: Mapping
  isCard?: boolean
  /** Of the file that rejected rows are from. */
  columnsBefore?: NamedColumns
}

/**
 * Recognises a CSV from its beginning, the mapping's answers before any guess.
 * Throws `StatementRefused` when it cannot be read, or not without guessing.
 */
export function inspectCsv(
  text: string,
  { currency, mapping, isCard = false, columnsBefore }: Known
): CsvShape {
  const dialect = withoutLead(
    detectDialect(text, {
      delimiter: mapping.delimiter,
      headers: ROW_FIELDS.flatMap((field) => mapping[field] ?? []),
    })
  )
  const summary = dialect.headers ? 0 : summaryLines(dialect.sample)
  const rows = dialect.sample.slice(summary)
  const known = completed(mapping, dialect.headers)
  const { columns, others, confidence } = columnsOf(known, dialect, { currency, columnsBefore })
  const headers = dialect.headers ?? []
  const ids = idColumnOf(columns, headers, mapsColumns(known))
  if (ids?.trust === 'shared') delete columns.id
  const cells = (field: RowField) => rows.map((row) => row[columns[field] ?? -1]?.trim() ?? '')

  const decimal = known.decimal
    ? { decimal: known.decimal, confidence: 1 }
    : detectDecimal(
        [...cells('amount'), ...cells('debit'), ...cells('credit')],
        currencyOf(currency).digits
      )
  requireConfidence(decimal.confidence, 'decimal')
  const dayFirst = decimal.decimal === ',' || dialect.delimiter === ';'
  const order = known.dateFormat
    ? { order: dateOrder(known.dateFormat), confidence: 1 }
    : detectDateOrder(cells('bookedOn'), { dayFirst, known: dateOrderOf(headers) })
  requireConfidence(order.confidence, 'dateFormat')
  const isStated = mapsColumns(known) || isInOwnWords(dialect.headers)
  const sign = known.positive
    ? { positive: known.positive, confidence: 1 }
    : detectPositive({
        headers,
        columns,
        rows,
        isCard,
        isStated,
      })
  requireConfidence(sign.confidence, 'positive')

  return {
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    preambleLines: dialect.preambleLines + summary,
    lead: dialect.lead,
    headers: dialect.headers,
    cells: dialect.headers ? dialect.cells : cellsOf(columns),
    columns,
    ids,
    others,
    decimal: decimal.decimal,
    dateOrder: order.order,
    positive: sign.positive,
    creditsAreNegative:
      !dialect.refusesNegativeCredits &&
      areAllNegative(cells('credit')) &&
      !cells('debit').some(isNegative),
    confidence: {
      dialect: dialect.confidence,
      columns: confidence,
      decimal: decimal.confidence,
      dateOrder: order.confidence,
      positive: sign.confidence,
    },
  }
}

/** Cells of rows that were rejected prove nothing. */
function columnsOf(
  mapping: Mapping,
  { headers, sample, lead }: LedDialect,
  { currency, columnsBefore }: Pick<Known, 'currency' | 'columnsBefore'>
) {
  if (mapsColumns(mapping)) {
    const names = headers ?? numbered(sample[0]?.length ?? 0)
    const columns = mappedColumns(mapping, names)
    const direction = mapping.positive ? undefined : directionBeside(columns, names, sample)
    if (direction !== undefined) columns.direction ??= direction
    return { columns, others: {}, confidence: 1 }
  }
  if (headers !== null) {
    const guessed = guessColumns(headers, sample, currency, lead > 0 ? columnsBefore : undefined)
    refuseForeign(guessed.columns, headers, currency)
    return guessed
  }
  try {
    return guessColumns([], sample, currency)
  } catch {
    const columns = `"#1" to "#${sample[0]?.length ?? 1}"`
    throw new StatementRefused('header', `The file has no header; map fields to columns ${columns}`)
  }
}

/** Throws `StatementRefused` where the only amounts are of a currency that is not the account's. */
function refuseForeign(columns: CsvColumns, headers: readonly string[], currency: string): void {
  const header = headers[columns.amount ?? columns.debit ?? -1] ?? ''
  const stated = headerCurrency(header)
  if (columns.currency !== undefined || stated === undefined || stated === currency) return
  throw new StatementRefused(
    'currency',
    `The amounts stand under ${JSON.stringify(header.slice(0, 100))} and the account is in ${currency}; ` +
      `choose an account in that currency, or map "amount" to a column in ${currency}`
  )
}

/** Without a header only what is mapped must be there. */
function cellsOf(columns: CsvColumns) {
  return { least: Math.max(...Object.values(columns)) + 1, most: MAX_COLUMNS }
}
