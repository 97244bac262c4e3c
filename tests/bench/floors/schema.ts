import type pg from 'pg'
import type { Household } from '#tests/bench/household'

/** A schema whose tables are the application's, without triggers and row-level security. */
export const FLOOR = 'bench_floor'

/** The columns that an import of a bank's statement fills. */
export const COLUMNS =
  'user_id, id, account_id, category_id, import_id, kind, amount_minor, currency, booked_on, identity, external_id, payee, notes'

/** Moves a ledger's version on; rows are numbered by it. */
export const NEXT_VERSION = `
  UPDATE users SET ledger_version = ledger_version + 1 WHERE id = $1
  RETURNING set_config('finora.ledger_version', ledger_version::text, true)`

/** The number of rows that belong to no ledger. */
export const NUMBER_ROWS = `SET finora.ledger_version = '1'`

const TABLES = ['accounts', 'categories', 'imports', 'transactions']

/**
 * Copies the shape of the tables from the catalog: columns, checks, indexes and
 * every foreign key of `transactions`, so that the floor keeps the promises
 * that the schema keeps today.
 */
export async function buildFloor(owner: pg.Client) {
  await owner.query(`DROP SCHEMA IF EXISTS ${FLOOR} CASCADE; CREATE SCHEMA ${FLOOR}`)
  for (const table of TABLES) {
    await owner.query(`CREATE TABLE ${FLOOR}.${table} (LIKE public.${table} INCLUDING ALL)`)
  }
  const { rows } = await owner.query<{ definition: string }>(
    `SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE conrelid = 'public.transactions'::regclass AND contype = 'f'`
  )
  await owner.query(`SET search_path = ${FLOOR}`)
  for (const { definition } of rows) {
    await owner.query(`ALTER TABLE transactions ADD ${definition}`)
  }
  await owner.query('RESET search_path')
  await owner.query(NUMBER_ROWS)
  return rows.length
}

/** The rows that the floor's transactions point at. */
export async function settleFloor(owner: pg.Client, household: Household, importId: string) {
  const { user, accounts, categories } = household
  for (const [name, id] of accounts) {
    await owner.query(
      `INSERT INTO ${FLOOR}.accounts (user_id, id, name, type, currency) VALUES ($1, $2, $3, 'checking', 'EUR')`,
      [user.id, id, name]
    )
  }
  for (const [name, id] of categories) {
    await owner.query(
      `INSERT INTO ${FLOOR}.categories (user_id, id, name, kind) VALUES ($1, $2, $3, 'expense')`,
      [user.id, id, name]
    )
  }
  await owner.query(
    `INSERT INTO ${FLOOR}.imports (user_id, id, format, file_name, file_key, file_size, file_digest)
     VALUES ($1, $2, 'csv', 'floor.csv', 'floor', 1, '')`,
    [user.id, importId]
  )
}

export async function clearFloor(owner: pg.Client) {
  await owner.query(`TRUNCATE ${FLOOR}.transactions`)
}
