import type { Client } from 'pg'
import { from } from 'pg-copy-streams'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { connectionOf } from '#core/database/connection_of'

/** One row of COPY's text format, ready to be joined with line feeds. */
export type CopyRow = string

/** Nothing in a column. */
export const NULL = '\\N'

/**
 * Writes many rows inside the transaction: COPY into a temporary table of the
 * same columns, and one INSERT from there, because Postgres refuses COPY into a
 * table under row-level security. Policies, constraints and triggers apply as to
 * any INSERT.
 */
export async function copyInto(
  table: string,
  columns: readonly string[],
  rows: CopyRow[],
  trx: TransactionClientContract
) {
  if (rows.length === 0) return
  const connection = await connectionOf(trx)
  const [staged, list] = [`staged_${table}`, columns.join(', ')]
  await connection.query(
    `CREATE TEMPORARY TABLE ${staged} ON COMMIT DROP AS SELECT ${list} FROM ${table} WITH NO DATA`
  )
  await copy(connection, `COPY pg_temp.${staged} (${list}) FROM STDIN`, rows)
  await connection.query(`INSERT INTO ${table} (${list}) SELECT ${list} FROM pg_temp.${staged}`)
}

async function copy(connection: Client, statement: string, rows: CopyRow[]) {
  const stream = connection.query(from(statement))
  const done = Promise.withResolvers<void>()
  stream.once('error', done.reject)
  stream.once('finish', done.resolve)
  stream.end(`${rows.join('\n')}\n`)
  await done.promise
}

/** Text as COPY reads it (PostgreSQL manual, COPY, "Text Format"). */
export function copyText(text: string | null): string {
  if (text === null) return NULL
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => ESCAPES[character]) : text
}

/** A text array as COPY reads it. */
export function copyTexts(texts: readonly string[]): string {
  if (texts.length === 0) return '{}'
  return copyText(`{${texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`)
}

const SPECIAL = /[\\\t\n\r]/
const EACH_SPECIAL = /[\\\t\n\r]/g
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
