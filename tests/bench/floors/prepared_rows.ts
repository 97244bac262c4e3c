import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import type pg from 'pg'
import { from } from 'pg-copy-streams'
import { copyText } from '#core/database/copy'
import { bankRows } from '#tests/bench/bank_rows'
import { COLUMNS, NEXT_VERSION } from '#tests/bench/floors/schema'
import type { Household } from '#tests/bench/household'
import { identityOfBankId } from '#transactions/domain/identity'

/** The rows of a statement as COPY wants them: read, checked and without duplicates. */
export function prepareRows(count: number, household: Household, importId: string | null) {
  const lines: string[] = []
  for (const row of bankRows(count)) {
    if (row.isDuplicate) continue
    const account = household.accounts.get(row.account)!
    const cells = [
      household.user.id,
      randomUUIDv7(),
      account,
      household.categories.get(row.category),
      importId ?? '\\N',
      row.cents > 0 ? 'income' : 'expense',
      row.cents,
      'EUR',
      row.bookedOn,
      identityOfBankId(account, row.bankId),
      row.bankId,
      copyText(row.payee),
      copyText(row.notes || null),
    ]
    lines.push(`${cells.join('\t')}\n`)
  }
  return Buffer.from(lines.join(''))
}

/** The floor of every import: nothing is left to do but to store. */
export async function copyRows(client: pg.Client, table: string, rows: Buffer) {
  const stream = client.query(from(`COPY ${table} (${COLUMNS}) FROM STDIN`))
  const finished = once(stream, 'finish')
  stream.end(rows)
  await finished
}

/** Fills a ledger without an import. The triggers keep its totals as they always do. */
export async function fillLedger(system: pg.Client, household: Household, count: number) {
  const rows = prepareRows(count, household, null)
  await system.query('BEGIN')
  await system.query(
    `CREATE TEMPORARY TABLE filling ON COMMIT DROP AS SELECT ${COLUMNS} FROM transactions WITH NO DATA`
  )
  await copyRows(system, 'filling', rows)
  await system.query(NEXT_VERSION, [household.user.id])
  await system.query(`INSERT INTO transactions (${COLUMNS}) SELECT ${COLUMNS} FROM filling`)
  await system.query('COMMIT')
}
