import { hash } from 'node:crypto'
import type { StatementFormat } from '#transactions/domain/statements/formats'

/** As many lines as a bank's preamble may have. */
const LINES_TO_SEARCH = 50
const LONGEST_LINE = 8_192
const ENOUGH_LETTERS = 6

/**
 * What a file is recognised by when the next of its kind comes: its header
 * without case, punctuation and delimiters, or its format where that has none.
 * CSVs without a header share a key that none of them is recognised by.
 */
export function headerKey(format: StatementFormat, headers: readonly string[] | null): string {
  return headers === null ? digest(format) : keyOfLine(headers.join(''))
}

/** The keys of a file's first lines: one of them may be a header that is known. */
export function possibleHeaderKeys(format: StatementFormat, text: string): string[] {
  if (format !== 'csv') return [headerKey(format, null)]
  return text.split(/\r\n|[\r\n]/, LINES_TO_SEARCH).map(keyOfLine)
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
