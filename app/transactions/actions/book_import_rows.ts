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
    const candidates = rows.filter((row): row is Candidate => !isRefusal(row))
    for (const { key } of candidates) if (seen.has(key)) known.set(key, null)

    const reader = readerOf(trx)
    for (const [identity, sql] of Object.entries(KNOWN)) {
      const asked = candidates.filter(
        (row) => (row.fingerprint === null) === (identity === 'externalId')
      )
      if (asked.length === 0) continue
      const found = await reader.query<{ index: number; id: string }>(sql, [
        asked.map(({ accountId }) => accountId),
        asked.map((row) => row.fingerprint ?? row.draft.externalId),
        asked.map(({ occurrence }) => occurrence ?? 0),
      ])
      for (const { index, id } of found) known.set(asked[index - 1].key, id)
    }
    return known
  }
}

/** LATERAL … LIMIT makes each row one descent of a unique index, whatever the statistics say. */
const KNOWN = {
  externalId: `
    SELECT wanted.index::integer, t.id
    FROM unnest($1::uuid[], $2::text[], $3::integer[]) WITH ORDINALITY AS wanted (account_id, external_id, _, index)
    CROSS JOIN LATERAL (
      SELECT id FROM transactions
      WHERE account_id = wanted.account_id AND external_id = wanted.external_id LIMIT 1
    ) AS t`,
  fingerprint: `
    SELECT wanted.index::integer, t.id
    FROM unnest($1::uuid[], $2::text[], $3::integer[]) WITH ORDINALITY AS wanted (account_id, fingerprint, occurrence, index)
    CROSS JOIN LATERAL (
      SELECT id FROM transactions
      WHERE account_id = wanted.account_id AND fingerprint = decode(wanted.fingerprint, 'hex')
        AND occurrence = wanted.occurrence LIMIT 1
    ) AS t`,
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
