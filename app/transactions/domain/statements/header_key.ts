import { hash } from 'node:crypto'
import { behindLead } from '#transactions/domain/exports/rejected_columns'
import type { StatementFormat } from '#transactions/domain/statements/formats'

/** As many lines as a bank's preamble may have. */
const LINES_TO_SEARCH = 50
const LONGEST_LINE = 8_192
const ENOUGH_LETTERS = 6
const LINE_END = /\r\n|[\r\n]/

/**
 * What a file is recognised by when the next of its kind comes: its header
 * without case, punctuation and delimiters, or its format where that has none.
 * CSVs without a header share a key that none of them is recognised by.
 */
export function headerKey(format: StatementFormat, headers: readonly string[] | null): string {
  return headers === null ? digest(format) : keyOfLine(headers.join(''))
}

/**
 * The keys of a file's first lines: one of them may be a header that is known. Rejected
 * rows have that of the file they are from.
 */
export function possibleHeaderKeys(format: StatementFormat, text: string): string[] {
  if (format !== 'csv') return [headerKey(format, null)]
  const lines = text.split(LINE_END, LINES_TO_SEARCH)
  return lines.map((line) => keyOfLine(behindLead(line) ?? line))
}

/** The key of the file that rejected rows are from; null for another file. */
export function keyOfRejected(text: string): string | null {
  const header = behindLead(text.split(LINE_END, 1)[0])
  return header === null ? null : keyOfLine(header)
}

function keyOfLine(line: string): string {
  return digest(`csv ${folded(line.slice(0, LONGEST_LINE))}`)
}

/** Without letters that depend on the encoding, which isn't sure yet, unless there are no others. */
function folded(text: string): string {
  const lower = text.toLowerCase()
  const plain = lower.replace(/[^a-z0-9]/g, '')
  return plain.length >= ENOUGH_LETTERS ? plain : lower.replace(/[^\p{L}\p{N}]/gu, '')
}

/** 16 bytes in hexadecimal. */
function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32)
}
