import { randomUUIDv7 } from 'node:crypto'
import pg from 'pg'
import { connections as database } from '#config/database'
import { NEXT_VERSION } from '#tests/bench/floors/schema'
import { signIn, type Household } from '#tests/bench/household'
import { callRepeatedly, load } from '#tests/bench/load'
import { interleave } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import type { Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import { startServers } from '#tests/bench/servers'
import type { Stage } from '#tests/bench/stage'

const PAYMENT = { amount: -1299, bookedOn: '2025-06-15', payee: 'Café Zürich' }

/**
 * Booking a payment over HTTP, beside a transaction in SQL that leaves the same
 * behind: the row, its totals (by the same triggers), the ledger's version and
 * an entry in the audit log. All writes are one user's, so they queue up.
 */
export async function benchWrites(
  stage: Stage,
  programs: Programs,
  options: Options,
  report: Report
) {
  const servers = await startServers(stage, programs, options.sizes[0])
  try {
    for (const connections of options.connections) {
      await measure(servers, connections, options, report)
    }
  } finally {
    await servers.stop()
  }
}

async function measure(
  { api, household }: Awaited<ReturnType<typeof startServers>>,
  connections: number,
  { seconds, repeat }: Options,
  report: Report
) {
  const token = await signIn(household.user)
  const [accountId] = household.accounts.values()
  const body = { accountId, ...PAYMENT }
  const clients = await connect(connections)

  const results = await interleave(
    {
      plain: () =>
        callRepeatedly(
          clients.map((client) => () => book(client, household)),
          seconds
        ),
      finora: () => load(`${api}/transactions`, { connections, seconds, token, body }),
    },
    { rounds: repeat }
  )
  await Promise.all(clients.map((client) => client.end()))

  report.compare({
    what: `POST /transactions, ${connections} connection${connections === 1 ? '' : 's'}`,
    unit: 'req/s',
    values: results.finora.map(({ rate }) => rate),
    against: {
      what: 'the same in plain SQL',
      values: results.plain.map(({ rate }) => rate),
    },
  })
}

async function book(client: pg.Client, { user, accounts }: Household) {
  const [account] = accounts.values()
  const id = randomUUIDv7()
  const run = (name: string, text: string, values: unknown[]) =>
    client.query({ name, text, values })

  await client.query('BEGIN')
  await run('version', NEXT_VERSION, [user.id])
  await run(
    'book',
    `INSERT INTO transactions (user_id, id, account_id, kind, amount_minor, currency, booked_on, payee)
     VALUES ($1, $2, $3, 'expense', $4, 'EUR', $5, $6)`,
    [user.id, id, account, PAYMENT.amount, PAYMENT.bookedOn, PAYMENT.payee]
  )
  await run(
    'audit',
    `INSERT INTO audit_logs (user_id, id, actor_type, actor_id, action, subject_type, subject_id, data)
     VALUES ($1, $2, 'user', $1, 'transaction.recorded', 'Transaction', $3, '{}')`,
    [user.id, randomUUIDv7(), id]
  )
  await client.query('COMMIT')
}

async function connect(count: number) {
  const clients = Array.from({ length: count }, () => new pg.Client(database.system))
  await Promise.all(clients.map((client) => client.connect()))
  return clients
}
