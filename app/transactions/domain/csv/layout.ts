import { currency as currencyOf } from '#core/money/currency'
import { detectDecimal, type DecimalMark } from '#transactions/domain/csv/amounts'
import { CsvRefused } from '#transactions/domain/csv/csv_refused'
import { dateOrder, detectDateOrder, type DateOrder } from '#transactions/domain/csv/dates'
import { detectDialect } from '#transactions/domain/csv/dialect'
import { decoderFor, detectEncoding } from '#transactions/domain/csv/encoding'
import { CSV_FIELDS } from '#transactions/domain/csv/header_names'
import {
  guessColumns,
  mappedColumns,
  mapsColumns,
  type CsvColumns,
  type CsvMapping,
} from '#transactions/domain/csv/mapping'
import { completed } from '#transactions/domain/exports/own_export'

/** Everything needed to read a file the same way again; plain JSON. */
export interface CsvLayout {
  readonly encoding: string
  readonly delimiter: string
  readonly quote: string
  readonly preambleLines: number
  /** The header's cells, null for a file without one. */
  readonly headers: string[] | null
  readonly columns: CsvColumns
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  /** 0..1 for each thing that was detected, 1 for what was stated. */
  readonly confidence: Record<'encoding' | 'dialect' | 'columns' | 'decimal' | 'dateOrder', number>
}

/** How many bytes of a file `inspectLayout` is meant to see. */
export const SAMPLE_BYTES = 65_536

/** Below these a guess could put a wrong amount, day or name into the ledger. */
const LEAST_CONFIDENCE = { encoding: 0.5, decimal: 0.75, dateOrder: 0.75 }

/**
 * Recognises a file from its first bytes, the mapping's answers before any
 * guess. `complete` says that the sample is the whole file. Throws `CsvRefused`
 * when the file cannot be read, or not without guessing; the message then
 * names the setting of the mapping that decides.
 */
export function inspectLayout(
  bytes: Uint8Array,
  options: { currency: string; mapping?: CsvMapping; complete?: boolean }
): CsvLayout {
  const { mapping = {}, complete = bytes.length < SAMPLE_BYTES } = options
  const { encoding, confidence: encodingConfidence } = detectEncoding(bytes, mapping.encoding)
  requireConfidence(encodingConfidence, LEAST_CONFIDENCE.encoding, 'encoding', 'no encoding fits')

  const dialect = detectDialect(sampleText(bytes, encoding, complete), {
    delimiter: mapping.delimiter,
    headers: CSV_FIELDS.flatMap((field) => mapping[field] ?? []),
  })
  const known = completed(mapping, dialect.headers)
  const { columns, confidence } = columnsOf(known, dialect.headers, dialect.sample)
  const cells = (field: keyof CsvColumns) =>
    dialect.sample.map((row) => row[columns[field] ?? -1]?.trim() ?? '')

  const decimal = known.decimal
    ? { decimal: known.decimal, confidence: 1 }
    : detectDecimal(
        [...cells('amount'), ...cells('debit'), ...cells('credit')],
        currencyOf(options.currency).digits
      )
  requireConfidence(
    decimal.confidence,
    LEAST_CONFIDENCE.decimal,
    'decimal',
    'amounts such as "1.230" may be thousands or decimals'
  )
  const dayFirstHint = decimal.decimal === ',' || dialect.delimiter === ';'
  const order = known.dateFormat
    ? { order: dateOrder(known.dateFormat), confidence: 1 }
    : detectDateOrder(cells('bookedOn'), dayFirstHint)
  requireConfidence(
    order.confidence,
    LEAST_CONFIDENCE.dateOrder,
    'dateFormat',
    'the days may be written day first or month first, or are none'
  )

  return {
    encoding,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    preambleLines: dialect.preambleLines,
    headers: dialect.headers,
    columns,
    decimal: decimal.decimal,
    dateOrder: order.order,
    confidence: {
      encoding: encodingConfidence,
      dialect: dialect.confidence,
      columns: confidence,
      decimal: decimal.confidence,
      dateOrder: order.confidence,
    },
  }
}

/** Without its last, perhaps unfinished, line and character. */
function sampleText(bytes: Uint8Array, encoding: string, complete: boolean): string {
  const decoder = decoderFor(encoding)
  const text = decoder.write(bytes)
  if (complete) return text + decoder.end()
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return end < 0 ? text : text.slice(0, end + 1)
}

function columnsOf(mapping: CsvMapping, headers: string[] | null, sample: string[][]) {
  if (mapsColumns(mapping)) {
    const names = headers ?? (sample[0] ?? []).map((_, index) => `#${index + 1}`)
    return { columns: mappedColumns(mapping, names), confidence: 1 }
  }
  if (headers === null) {
    throw new CsvRefused('header', 'The file has no header; map fields to columns such as "#1"')
  }
  return guessColumns(headers, sample)
}

function requireConfidence(
  confidence: number,
  least: number,
  setting: 'encoding' | 'decimal' | 'dateFormat',
  doubt: string
): void {
  if (confidence >= least) return
  const percent = Math.round(confidence * 100)
  throw new CsvRefused(
    setting,
    `Not sure of the file (${percent} %): ${doubt}; state "${setting}" in the mapping`
  )
}
