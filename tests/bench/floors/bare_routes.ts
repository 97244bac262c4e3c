import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import { ACCOUNT_LIST, TRANSACTION } from '#tests/bench/floors/plain_sql'

const user = process.env.BENCH_USER!
const transaction = process.env.BENCH_TRANSACTION!
const pool = new pg.Pool(JSON.parse(process.env.BENCH_DATABASE!))

router.get('/health/live', () => ({ status: 'ok' }))
router.get('/hello', () => ({ hello: 'world' }))

router.get('/lucid/accounts', async () => {
  const { rows } = await db.rawQuery(positional(ACCOUNT_LIST), [user])
  return { data: rows, meta: { nextCursor: null } }
})
router.get('/lucid/transaction', async () => {
  const { rows } = await db.rawQuery(positional(TRANSACTION), [user, transaction])
  return rows[0]
})

router.get('/pg/accounts', async () => {
  const { rows } = await pool.query({ name: 'accounts', text: ACCOUNT_LIST, values: [user] })
  return { data: rows, meta: { nextCursor: null } }
})
router.get('/pg/transaction', async () => {
  const values = [user, transaction]
  const { rows } = await pool.query({ name: 'transaction', text: TRANSACTION, values })
  return rows[0]
})

/** Lucid's placeholders; each parameter of these texts occurs once and in order. */
function positional(text: string) {
  return text.replace(/\$\d/g, '?')
}
