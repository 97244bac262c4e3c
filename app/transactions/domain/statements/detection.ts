import type { DecimalMark } from '#transactions/domain/statements/amounts'
import type { NamedColumns } from '#transactions/domain/statements/csv/columns'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import type { Positive } from '#transactions/domain/statements/csv/positive'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import {
  firstLook,
  inspectStatement,
  type InspectionOptions,
  type StatementLayout,
} from '#transactions/domain/statements/inspection'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

/** Something found out about a file, from 0 (a guess) to 1 (certain, or stated). */
export interface Found<Value> {
  value: Value
  confidence: number
}

/** How a file is read, in the words of a mapping, so that each can be overridden by one. */
export interface Detection {
  format: StatementFormat
  confidence: number
  encoding: Found<string>
  /** The header of a CSV; null without one. */
  headers: string[] | null
  delimiter: Found<string> | null
  /** Field → header, or `#3` for the third column of a file without headers. */
  columns: Found<NamedColumns> | null
  dateFormat: Found<string> | null
  decimal: Found<DecimalMark> | null
  /** What a positive amount of a CSV is. */
  positive: Found<Positive> | null
}

const DATE_FORMATS = { YMD: 'YYYY-MM-DD', DMY: 'DD.MM.YYYY', MDY: 'MM/DD/YYYY' }

/**
 * What can be told of a file before its rows are read. A file that will be
 * refused has no detection: whoever reads it says why.
 */
export function recognise(
  bytes: Uint8Array,
  options: InspectionOptions
): { format: StatementFormat; detection: Detection | null } {
  try {
    const layout = inspectStatement(bytes, options)
    return { format: layout.format, detection: detectionOf(layout) }
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error
    return { format: options.format ?? firstLook(bytes).format, detection: null }
  }
}

/** What a layout says to the person whose file it is. */
export function detectionOf(layout: StatementLayout): Detection {
  const { format, encoding, confidence } = layout
  const detection: Detection = {
    format,
    confidence: rounded(confidence.format),
    encoding: found(encoding, confidence.encoding),
    headers: null,
    delimiter: null,
    columns: null,
    dateFormat: null,
    decimal: null,
    positive: null,
  }
  if (layout.format !== 'csv' && layout.format !== 'qif') return detection

  detection.dateFormat = found(DATE_FORMATS[layout.dateOrder], layout.confidence.dateOrder)
  detection.decimal = found(layout.decimal, layout.confidence.decimal)
  if (layout.format === 'qif') return detection

  detection.headers = layout.headers
  detection.delimiter = found(layout.delimiter, layout.confidence.dialect)
  detection.columns = found(namesOf(layout), layout.confidence.columns)
  detection.positive = found(layout.positive, layout.confidence.positive)
  return detection
}

function namesOf({ columns, headers }: CsvLayout): NamedColumns {
  const nameOf = (column: number) => headers?.[column] || `#${column + 1}`
  const entries = Object.entries(columns).map(([field, column]) => [field, nameOf(column)])
  return Object.fromEntries(entries)
}

function found<Value>(value: Value, confidence: number): Found<Value> {
  return { value, confidence: rounded(confidence) }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100
}
