import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { csvLine } from '#core/csv/csv_line'
import { batchesOf } from '#core/database/snapshot'
import { selectOf, type ExportedTable, type PersonalData } from '#core/personal_data/exported'

type Value = string | number | boolean | object | null
type Row = Record<string, Value>

/** A table as a JSON list, one row a line. */
export async function* jsonOf(table: ExportedTable, trx: TransactionClientContract) {
  let separator = '[\n'
  for await (const rows of batchesOf<Row>(selectOf(table), trx)) {
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n')
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

/** A table as CSV (RFC 4180), with a header and no formulas. */
export async function* csvOf(table: ExportedTable, trx: TransactionClientContract) {
  const names = Object.keys(table.columns)
  yield csvLine(names)
  for await (const rows of batchesOf<Row>(selectOf(table), trx)) {
    yield rows.map((row) => csvLine(names.map((name) => cellOf(row[name])))).join('')
  }
}

function cellOf(value: Value): string | number | null {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

const PREFACE = `YOUR DATA IN FINORA

Everything Finora keeps about you, as it was at one moment.

data/     one JSON and one CSV file for each table below, with the same rows
files/    the files you uploaded
imports/  the bank files you imported

Money is a whole number in the minor unit of the currency beside it: -1299 with
EUR is -12.99 euros; JPY has no decimals, KWD three. Instants are in UTC
(2026-01-31T08:00:00.000Z), days are YYYY-MM-DD.

CSV is UTF-8 with commas. Lists and objects stand in a cell as JSON. A text that
a spreadsheet would take for a formula has an apostrophe in front there; the JSON
has it as it is.

Left out are passwords, tokens and other secrets, which are kept as digests only,
sums that follow from the rows, and earlier exports.
`

/** What explains an export to the person who opens it. */
export function readmeOf(parts: PersonalData[]): string {
  const tables = parts.flatMap((part) => part.tables)
  return [PREFACE, ...tables.map(describe)].join('\n')
}

function describe({ name, about, columns }: ExportedTable): string {
  const width = Math.max(...Object.keys(columns).map((column) => column.length)) + 2
  const lines = Object.entries(columns).map(
    ([column, [, meaning]]) => `  ${column.padEnd(width)}${meaning}`
  )
  return `\ndata/${name}\n${about}\n\n${lines.join('\n')}\n`
}
