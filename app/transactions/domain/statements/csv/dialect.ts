import { isLedByRejections } from '#transactions/domain/exports/rejected_columns'
import type { RowField } from '#transactions/domain/statements/fields'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { namedFields, normalizeHeader } from '#transactions/domain/statements/csv/header_names'
import type { CsvRow } from '#transactions/domain/statements/csv/csv_row'
import { Tokenizer } from '#transactions/domain/statements/csv/tokenizer'

export interface Dialect {
  readonly delimiter: string
  readonly quote: string
  /** Physical lines above the header (or above the first row): a bank's preamble. */
  readonly preambleLines: number
  /** The header's cells, or null when the file starts with its rows. */
  readonly headers: string[] | null
  /** How many cells a row has: banks leave out the last when they are empty, or add unnamed ones. */
  readonly cells: { readonly least: number; readonly most: number }
  /** 0..1; 1 for what the caller stated. */
  readonly confidence: number
  /** The rows of the sample behind the header. */
  readonly sample: string[][]
}

export interface DialectHints {
  delimiter?: string
  /** Headers the caller's mapping names: the row that holds them is the header. */
  headers?: readonly string[]
}

const DELIMITERS = [',', ';', '\t', '|']
const LINES_TO_SEARCH = 50
/** Rows that are shorter than the header, before that is taken for the bank's way and no accident. */
const ENOUGH_ROWS = 3
const DAY = /^\d{1,4}[-/. ]\s?(?:\d{1,2}|[a-z]{3,9})[-/. ]\s?\d{1,4}|^\d{8}$|^\d{4}年/i

/**
 * Delimiter, quote and header of a file from its first lines. The delimiter is
 * the one that cuts most rows alike into most columns, under a header that
 * names known fields; a first line `sep=;`, as Excel has it, states it. Throws
 * `StatementRefused` when no delimiter gives two columns.
 */
export function detectDialect(text: string, hints: DialectHints = {}): Dialect {
  if (text.trim() === '') throw new StatementRefused('empty', 'The file is empty')
  if (hints.delimiter !== undefined && !/^[^"\r\n]$/.test(hints.delimiter)) {
    throw new StatementRefused('delimiter', 'The delimiter is one character, such as ";"')
  }

  const stated = hints.delimiter ?? /^"?sep=(.)"?[\r\n]/i.exec(text)?.[1]
  const [best] = (stated ? [stated] : DELIMITERS)
    .map((delimiter) => candidate(text, delimiter, hints.headers ?? []))
    .sort((a, b) => b.score - a.score)
  if (best.columns < 2) {
    const nothing = new StatementRefused('delimiter', 'No delimiter cuts the file into columns')
    throw best.refused ?? nothing
  }
  return { ...best.dialect, confidence: stated ? 1 : best.dialect.confidence }
}

function candidate(text: string, delimiter: string, wanted: readonly string[]) {
  const quote = quoteOf(text, delimiter)
  const { rows, refused } = tokenized(text, delimiter, quote)
  const header = headerAmong(rows, usualColumns(rows), wanted)
  const body = rows.filter(({ line }) => line > (header?.line ?? 0))
  const columns = usualColumns(body) || (header?.cells.length ?? 0)
  const usual = body.filter(({ cells }) => cells.length === columns).length
  const alike = usual / (body.length || 1)
  const named = header ? namedFields(header.cells).length : 0
  const headers = header && withoutTrailingBlanks(header.cells.map((cell) => cell.trim()))
  const first = header ?? rows.find(({ cells }) => cells.length === columns)
  const width = headers?.length ?? columns
  return {
    columns: Math.max(columns, named < 2 ? 0 : width),
    refused,
    score: columns < 2 ? 0 : alike * (1 + Math.min(columns, 12) / 12) + Math.min(named, 4) / 2,
    dialect: {
      delimiter,
      quote,
      preambleLines: (first?.line ?? 1) - 1,
      headers: headers ?? null,
      cells: {
        least: usual < ENOUGH_ROWS ? width : Math.min(width, columns),
        most: Math.max(width, header?.cells.length ?? 0),
      },
      confidence: named >= 2 ? Math.max(alike, 0.95) : alike,
      sample: body.map(({ cells }) => cells).filter((cells) => cells.length >= columns),
    },
  }
}

function tokenized(text: string, delimiter: string, quote: string) {
  const tokenizer = new Tokenizer({ delimiter, quote })
  try {
    const rows = [...tokenizer.push(text), ...tokenizer.end()]
    return { rows: rows.filter((row) => row.broken === null && !isBlank(row)) }
  } catch (refused) {
    if (!(refused instanceof StatementRefused)) throw refused
    return { rows: [], refused }
  }
}

/** Single quotes only when there are no double ones and they wrap most lines' first cell. */
function quoteOf(text: string, delimiter: string): string {
  if (text.includes('"')) return '"'
  const lines = text.split(/\r\n|[\r\n]/).filter((line) => line !== '')
  const wrapped = lines.filter((line) => line.startsWith("'") && line.includes(`'${delimiter}`))
  return wrapped.length > lines.length / 2 ? "'" : '"'
}

/** The column count most rows have, the larger on a tie. */
function usualColumns(rows: readonly CsvRow[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/**
 * The row that leads rejected rows, or holds the wanted headers; else the first that names a day and an
 * amount; else the first that names two known fields; else the first full row,
 * unless it holds a day: then there is none.
 */
function headerAmong(
  rows: readonly CsvRow[],
  columns: number,
  wanted: readonly string[]
): CsvRow | undefined {
  const early = rows.slice(0, LINES_TO_SEARCH)
  if (early.length > 0 && isLedByRejections(early[0].cells)) return early[0]
  const names = wanted.filter((name) => !name.startsWith('#')).map(normalizeHeader)
  const asked = early.find(({ cells }) => {
    const normalized = new Set(cells.map(normalizeHeader))
    return names.length > 0 && names.every((name) => normalized.has(name))
  })
  if (asked) return asked

  const named = early
    .filter((row) => !holdsDay(row))
    .map((row) => ({ row, fields: namedFields(row.cells) }))
    .filter(({ fields }) => fields.length >= 2)
  const header = named.find(({ fields }) => namesEssentials(fields)) ?? named[0]
  if (header) return header.row
  const first = early.find((row) => row.cells.length === columns)
  return first && !holdsDay(first) ? first : undefined
}

function namesEssentials(fields: readonly RowField[]): boolean {
  return fields.includes('bookedOn') && (fields.includes('amount') || fields.includes('debit'))
}

function holdsDay(row: CsvRow): boolean {
  return row.cells.some((cell) => DAY.test(cell.trim()))
}

function isBlank(row: CsvRow): boolean {
  return row.cells.every((cell) => cell.trim() === '')
}

function withoutTrailingBlanks(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '')
  return cells.slice(0, last + 1)
}
