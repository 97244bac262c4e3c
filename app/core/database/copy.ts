import type { ClientBase } from 'pg'
import { from } from 'pg-copy-streams'

/** One row of COPY's text format, without its line feed. */
export type CopyRow = string

/** Nothing in a column. */
export const NULL = '\\N'

/** The rows of a COPY, in bytes: made beforehand, they keep no connection waiting. */
export function copyData(rows: CopyRow[]): Buffer {
  return Buffer.from(`${rows.join('\n')}\n`)
}

/**
 * Writes rows by COPY, the fastest way into a table. Postgres refuses it for
 * tables under row-level security: those are filled from a temporary table.
 *
 * @param target a table, with its columns in brackets unless all are given
 */
export async function copyInto(target: string, data: Buffer, connection: ClientBase) {
  const stream = connection.query(from(`COPY ${target} FROM STDIN`))
  const done = Promise.withResolvers<void>()
  stream.once('error', done.reject)
  stream.once('finish', done.resolve)
  stream.end(data)
  await done.promise
}

/** Text as COPY reads it (PostgreSQL manual, COPY, "Text Format"). */
export function copyText(text: string | null): string {
  if (text === null) return NULL
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => ESCAPES[character]) : text
}

/** A text array as COPY reads it. */
export function copyTexts(texts: readonly string[]): string {
  return copyText(arrayText(texts))
}

/** A text array as Postgres writes it, to travel as one text among many. */
export function arrayText(texts: readonly string[]): string {
  if (texts.length === 0) return '{}'
  return `{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}

const SPECIAL = /[\\\t\n\r]/
const EACH_SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
