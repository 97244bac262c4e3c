import { CsvRefused } from '#transactions/domain/csv/csv_refused'
import { namedFields, normalizeHeader } from '#transactions/domain/csv/header_names'
import type { CsvRow } from '#transactions/domain/csv/csv_row'
import { Tokenizer } from '#transactions/domain/csv/tokenizer'

export interface Dialect {
  readonly delimiter: string
  readonly quote: string
  /** Physical lines above the header (or above the first row): a bank's preamble. */
  readonly preambleLines: number
  /** The header's cells, or null when the file starts with its rows. */
  readonly headers: string[] | null
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
const DAY = /^\d{1,4}[-/. ]\s?(?:\d{1,2}|[a-z]{3,9})[-/. ]\s?\d{1,4}|^\d{8}$/i

/**
 * Delimiter, quote and header of a file from its first lines. The delimiter is
 * the one that cuts most rows alike into most columns, under a header that
 * names known fields. Throws `CsvRefused` when no delimiter gives two columns.
 */
export function detectDialect(text: string, hints: DialectHints = {}): Dialect {
  if (text.trim() === '') throw new CsvRefused('empty', 'The file is empty')
  if (hints.delimiter !== undefined && !/^[^"\r\n]$/.test(hints.delimiter)) {
    throw new CsvRefused('delimiter', 'The delimiter is one character, such as ";"')
  }

  const delimiters = hints.delimiter ? [hints.delimiter] : DELIMITERS
  const [best] = delimiters
    .map((delimiter) => candidate(text, delimiter, hints.headers ?? []))
    .sort((a, b) => b.score - a.score)
  if (best.columns < 2) {
    throw best.refused ?? new CsvRefused('delimiter', 'No delimiter cuts the file into columns')
  }
  return { ...best.dialect, confidence: hints.delimiter ? 1 : best.dialect.confidence }
}

function candidate(text: string, delimiter: string, wanted: readonly string[]) {
  const quote = quoteOf(text, delimiter)
  const { rows, refused } = tokenized(text, delimiter, quote)
  const columns = usualColumns(rows)
  const alike = rows.filter((row) => row.cells.length === columns).length / Math.max(1, rows.length)
  const header = headerAmong(rows, columns, wanted)
  const named = header ? namedFields(header.cells) : 0
  const first = header ?? rows.find((row) => row.cells.length === columns)
  const sample = rows.filter((row) => row.line > (header?.line ?? 0) && row.cells.length >= columns)
  return {
    columns,
    refused,
    score: columns < 2 ? 0 : alike * (1 + Math.min(columns, 12) / 12) + Math.min(named, 4) / 2,
    dialect: {
      delimiter,
      quote,
      preambleLines: (first?.line ?? 1) - 1,
      headers: header ? withoutTrailingBlanks(header.cells.map((cell) => cell.trim())) : null,
      confidence: named >= 2 ? Math.max(alike, 0.95) : alike,
      sample: sample.map((row) => row.cells),
    },
  }
}

function tokenized(text: string, delimiter: string, quote: string) {
  const tokenizer = new Tokenizer({ delimiter, quote })
  try {
    const rows = [...tokenizer.push(text), ...tokenizer.end()]
    return { rows: rows.filter((row) => row.broken === null && !isBlank(row)) }
  } catch (refused) {
    if (!(refused instanceof CsvRefused)) throw refused
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
 * The row that holds the wanted headers; else the first that names two known
 * fields; else the first full row, unless it holds a day: then there is none.
 */
function headerAmong(
  rows: readonly CsvRow[],
  columns: number,
  wanted: readonly string[]
): CsvRow | undefined {
  const early = rows.slice(0, LINES_TO_SEARCH)
  const names = wanted.filter((name) => !name.startsWith('#')).map(normalizeHeader)
  const asked = early.find(({ cells }) => {
    const normalized = new Set(cells.map(normalizeHeader))
    return names.length > 0 && names.every((name) => normalized.has(name))
  })
  if (asked) return asked

  const named = early.find((row) => namedFields(row.cells) >= 2 && !holdsDay(row))
  if (named) return named
  const first = early.find((row) => row.cells.length === columns)
  return first && !holdsDay(first) ? first : undefined
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
