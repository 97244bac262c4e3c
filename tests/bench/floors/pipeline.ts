/*
| What a careful person writes by hand for this one format: the statement is
| parsed as it streams, every row is checked, rows known by their bank id are
| left out, names become ids, and COPY stores them in one transaction. Beside
| what Finora does it leaves no verdicts, keeps no totals, has no tenants, can't
| resume and knows its columns beforehand. It runs on Node's own type stripping.
|
|   node pipeline.ts <statement> <user id> <import id>     prints { ms, rows, peak }
*/
import { randomUUIDv7 } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import { identityOfBankId } from '../../../app/transactions/domain/identity.ts'
import { COLUMNS, FLOOR, NUMBER_ROWS } from './schema.ts'
import { peakMegabytes } from '../processes.ts'

type Cells = [string, string, string, string, string, string, string, string]

const [statement, userId, importId] = process.argv.slice(2)
const BATCH = 500

const client = new pg.Client({
  host: process.env.DB_HOST,
  port: Number(process.env.DB_PORT),
  user: process.env.DB_USER,
  password: process.env.DB_PASSWORD,
  database: process.env.DB_DATABASE,
})
await client.connect()
await client.query(NUMBER_ROWS)

const startedAt = performance.now()
await client.query('BEGIN')
const accounts = await idsByName('accounts')
const categories = await idsByName('categories')
const known = await knownIdentities()
let rows = 0

await pipeline(
  createReadStream(statement),
  parse({ from_line: 2 }),
  toCopy,
  client.query(from(`COPY ${FLOOR}.transactions (${COLUMNS}) FROM STDIN`))
)
await client.query('COMMIT')
const ms = performance.now() - startedAt

await client.end()
console.log(JSON.stringify({ ms, rows, peak: peakMegabytes(process.pid) }))

async function* toCopy(records: AsyncIterable<Cells>) {
  let batch: string[] = []
  for await (const cells of records) {
    const line = lineOf(cells)
    if (line === null || batch.push(line) < BATCH) continue
    yield batch.join('')
    batch = []
  }
  yield batch.join('')
}

function lineOf([bankId, day, accountName, payee, notes, categoryName, amount, currency]: Cells) {
  const account = accounts.get(accountName)
  const cents = centsOf(amount)
  if (!account || cents === null || !isDay(day) || currency !== 'EUR') return null
  if (!bankId || bankId.length > 255 || !payee || payee.length > 255) return null

  const identity = identityOfBankId(account, bankId)
  if (known.has(identity)) return null
  known.add(identity)
  rows++
  const id = randomUUIDv7()
  const category = categories.get(categoryName) ?? '\\N'
  const kind = cents > 0 ? 'income' : 'expense'
  return `${userId}\t${id}\t${account}\t${category}\t${importId}\t${kind}\t${cents}\tEUR\t${day}\t${identity}\t${escape(bankId)}\t${escape(payee)}\t${notes ? escape(notes) : '\\N'}\n`
}

function centsOf(amount: string) {
  const match = /^(-?)(\d{1,12})\.(\d{2})$/.exec(amount)
  const cents = match && Number(match[2]) * 100 + Number(match[3])
  return cents ? (match[1] ? -cents : cents) : null
}

function isDay(text: string) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text)
}

function escape(text: string) {
  return /[\\\t\n\r]/.test(text)
    ? text
        .replaceAll('\\', '\\\\')
        .replaceAll('\t', '\\t')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r')
    : text
}

async function idsByName(table: string) {
  const found = await client.query<{ id: string; name: string }>(
    `SELECT id, name FROM ${FLOOR}.${table} WHERE user_id = $1`,
    [userId]
  )
  return new Map(found.rows.map(({ id, name }) => [name, id]))
}

async function knownIdentities() {
  const found = await client.query<{ identity: string }>(
    `SELECT replace(identity::text, '-', '') AS identity FROM ${FLOOR}.transactions
     WHERE user_id = $1 AND identity IS NOT NULL`,
    [userId]
  )
  return new Set(found.rows.map(({ identity }) => identity))
}
