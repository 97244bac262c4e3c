import { CamtReader } from '#transactions/domain/statements/camt/camt_reader'
import { requireConfidence } from '#transactions/domain/statements/confidence'
import type { NamedColumns } from '#transactions/domain/statements/csv/columns'
import { CsvReader } from '#transactions/domain/statements/csv/csv_reader'
import { inspectCsv, type CsvLayout } from '#transactions/domain/statements/csv/layout'
import { decoderFor, detectStatementEncoding } from '#transactions/domain/statements/encoding'
import { detectFormat } from '#transactions/domain/statements/format_detection'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { Mt940Reader } from '#transactions/domain/statements/mt940/mt940_reader'
import { OfxReader } from '#transactions/domain/statements/ofx/ofx_reader'
import { inspectQif, type QifLayout } from '#transactions/domain/statements/qif/qif_layout'
import { QifReader } from '#transactions/domain/statements/qif/qif_reader'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import type { StatementReader } from '#transactions/domain/statements/statement_reader'

/** A layout of a format that leaves nothing open but its encoding. */
export interface PlainLayout {
  readonly format: Exclude<StatementFormat, 'csv' | 'qif'>
  readonly encoding: string
  readonly confidence: Record<'format' | 'encoding', number>
}

/** Everything needed to read a file the same way again; plain JSON. */
export type StatementLayout = CsvLayout | QifLayout | PlainLayout

/** How many bytes of a file `inspectStatement` is meant to see. */
export const SAMPLE_BYTES = 65_536

/** Bytes of UTF-8. */
const LONGEST_CHARACTER = 4

export interface InspectionOptions {
  /** The account's, which says how many decimals an amount may have. */
  currency: string
  /** The account is a credit card. */
  isCard?: boolean
  format?: StatementFormat
  mapping?: Mapping
  /** Of rejected rows of a CSV: the columns of the file that they are from. */
  columnsBefore?: NamedColumns
  /** The sample is the whole file. */
  complete?: boolean
  /** Of a file that begins with ASCII for longer than the sample: the first bytes that are none. */
  farther?: Uint8Array
}

/**
 * Recognises a file from its first bytes, by its content and never its name,
 * what is stated before any guess. Throws `StatementRefused` when the file cannot
 * be read, or not without guessing; the message then names the setting that
 * decides.
 */
export function inspectStatement(bytes: Uint8Array, options: InspectionOptions): StatementLayout {
  const {
    currency,
    isCard,
    mapping = {},
    columnsBefore,
    complete = bytes.length < SAMPLE_BYTES,
    farther,
  } = options
  const letters = farther ? Buffer.concat([bytes.subarray(0, -LONGEST_CHARACTER), farther]) : bytes
  const context = { currency, isCut: !complete }
  const { encoding, ...sure } = detectStatementEncoding(letters, mapping.encoding, context)
  requireConfidence(sure.confidence, 'encoding')
  const text = sampleText(bytes, encoding, complete)
  const { format, confidence } = detectFormat(text, options.format)

  const known = { encoding, confidence: { format: confidence, encoding: sure.confidence } }
  if (format === 'csv') {
    const layout = inspectCsv(text, { currency, mapping, isCard, columnsBefore })
    const { dialect, columns } = layout.confidence
    const ofFormat = options.format ? 1 : Math.min(dialect, columns)
    const all = { ...known.confidence, ...layout.confidence, format: ofFormat }
    return { ...layout, format, encoding, confidence: all }
  }
  if (format === 'qif') {
    const { confidence: found, ...layout } = inspectQif(text, { currency, mapping })
    return { format, ...layout, encoding, confidence: { ...known.confidence, ...found } }
  }
  return { format, ...known }
}

/**
 * What a file seems to be and the lines it begins with, whether or not it can be
 * read; text that is no statement counts as a CSV, which will be refused.
 */
export function firstLook(bytes: Uint8Array, mapping: Mapping = {}) {
  const { encoding } = detectStatementEncoding(bytes, mapping.encoding)
  const text = sampleText(bytes, encoding, true)
  try {
    return { text, format: detectFormat(text).format }
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error
    return { text, format: 'csv' as const }
  }
}

/** Reads a file of this layout into rows of an account in this currency. */
export function readerFor(layout: StatementLayout, currency: string): StatementReader {
  if (layout.format === 'csv') return new CsvReader(layout, currency)
  if (layout.format === 'qif') return new QifReader(layout, currency)
  if (layout.format === 'ofx') return new OfxReader(layout.encoding, currency)
  if (layout.format === 'mt940') return new Mt940Reader(layout.encoding, currency)
  return new CamtReader(layout.encoding)
}

/** Without its last, perhaps unfinished, line and character. */
function sampleText(bytes: Uint8Array, encoding: string, complete: boolean): string {
  const decoder = decoderFor(encoding)
  const text = decoder.write(bytes)
  if (complete) return text + decoder.end()
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return end < 0 ? text : text.slice(0, end + 1)
}
