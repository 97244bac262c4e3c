import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { copyInto, copyText, copyTexts, NULL } from '#core/database/copy'
import { readerOf } from '#core/database/connection_of'
import { isRefusal, type Candidate, type Refusal } from '#transactions/domain/import_plan'
import type { VerdictCounts } from '#transactions/models/import'

interface Chunk {
  userId: string
  importId: string
  dryRun: boolean
  rows: (Candidate | Refusal)[]
  /** Keys of earlier rows of a dry run, which no table knows. */
  seen: Set<string>
}

const TRANSACTION_COLUMNS = [
  'user_id',
  'id',
  'account_id',
  'category_id',
  'import_id',
  'kind',
  'amount_minor',
  'currency',
  'booked_on',
  'occurrence',
  'fingerprint',
  'external_id',
  'payee',
  'description',
  'notes',
  'tags',
] as const

const VERDICT_COLUMNS = [
  'user_id',
  'import_id',
  'number',
  'verdict',
  'transaction_id',
  'rule',
  'field',
  'reason',
  'raw',
] as const

/**
 * Books the rows of a file that aren't in the ledger yet and leaves a verdict
 * for each: COPY into both tables, inside the caller's transaction.
 */
export class BookImportRows {
  async handle(chunk: Chunk, trx: TransactionClientContract): Promise<VerdictCounts> {
    const known = await this.#known(chunk, trx)
    const counts = { imported: 0, duplicates: 0, rejected: 0 }
    const transactions: string[] = []
    const verdicts: string[] = []
    const prefix = `${chunk.userId}\t${chunk.importId}\t`

    for (const row of chunk.rows) {
      if (isRefusal(row)) {
        counts.rejected++
        verdicts.push(
          `${prefix}${row.number}\trejected\t${NULL}\t${NULL}\t${row.field ?? NULL}\t${copyText(row.message)}\t${copyText(stored(row.raw))}`
        )
        continue
      }
      const twin = known.get(row.key)
      if (twin !== undefined) {
        counts.duplicates++
        const rule = row.fingerprint === null ? 'externalId' : 'fingerprint'
        verdicts.push(
          `${prefix}${row.number}\tduplicate\t${twin ?? NULL}\t${rule}\t${NULL}\t${NULL}\t${NULL}`
        )
        continue
      }
      counts.imported++
      const id = chunk.dryRun ? null : randomUUIDv7()
      known.set(row.key, id)
      if (id === null) chunk.seen.add(row.key)
      else transactions.push(transactionLine(chunk, id, row))
      const remark = row.remark === null ? `${NULL}\t${NULL}` : `category\t${REMARKS[row.remark]}`
      verdicts.push(`${prefix}${row.number}\timported\t${id ?? NULL}\t${NULL}\t${remark}\t${NULL}`)
    }

    await copyInto('transactions', TRANSACTION_COLUMNS, transactions, trx)
    await copyInto('import_rows', VERDICT_COLUMNS, verdicts, trx)
    return counts
  }

  /** The transactions these rows would repeat, by key; null for an earlier row of a dry run. */
  async #known({ rows, seen }: Chunk, trx: TransactionClientContract) {
    const known = new Map<string, string | null>()
    const accounts = new Set<string>()
    const externalIds: string[] = []
    const fingerprints: string[] = []
    for (const row of rows) {
      if (isRefusal(row)) continue
      if (seen.has(row.key)) known.set(row.key, null)
      if (row.fingerprint !== null) fingerprints.push(row.fingerprint)
      else {
        accounts.add(row.accountId)
        externalIds.push(row.draft.externalId!)
      }
    }
    const reader = readerOf(trx)
    if (externalIds.length > 0) {
      const found = await reader.query<{ key: string; id: string }>(
        `SELECT account_id || E'\\x1f' || external_id AS key, id FROM transactions
         WHERE account_id = ANY($1::uuid[]) AND external_id = ANY($2::text[])`,
        [[...accounts], externalIds]
      )
      for (const { key, id } of found) known.set(key.replace('\x1f', '\0'), id)
    }
    if (fingerprints.length > 0) {
      const found = await reader.query<{ fingerprint: string; occurrence: number; id: string }>(
        `SELECT encode(t.fingerprint, 'hex') AS fingerprint, t.occurrence, t.id
         FROM (SELECT DISTINCT decode(hex, 'hex') AS fingerprint FROM unnest($2::text[]) AS hex) AS wanted
         JOIN transactions t ON t.account_id = ANY($1::uuid[]) AND t.fingerprint = wanted.fingerprint`,
        [[...new Set(rows.flatMap((row) => (isRefusal(row) ? [] : row.accountId)))], fingerprints]
      )
      for (const row of found) known.set(`${row.fingerprint}\0${row.occurrence}`, row.id)
    }
    return known
  }
}

const REMARKS = { unknownCategory: 'No category has this name' }

/** The longest raw text of a row that is kept with its verdict. */
const MOST_RAW = 10_000

function stored(raw: string) {
  return raw.replaceAll('\0', '\u2400').slice(0, MOST_RAW)
}

function transactionLine({ userId, importId }: Chunk, id: string, row: Candidate) {
  const { draft } = row
  const print = row.fingerprint === null ? NULL : `\\\\x${row.fingerprint}`
  const kind = draft.amountMinor > 0 ? 'income' : 'expense'
  return (
    `${userId}\t${id}\t${row.accountId}\t${row.categoryId ?? NULL}\t${importId}\t${kind}\t` +
    `${draft.amountMinor}\t${draft.currency}\t${draft.bookedOn}\t${row.occurrence ?? NULL}\t${print}\t` +
    `${copyText(draft.externalId)}\t${copyText(row.payee)}\t${copyText(draft.description || null)}\t` +
    `${copyText(draft.notes || null)}\t${copyTexts(row.tags)}`
  )
}
