import { connections } from '#config/database'
import { fillLedger } from '#tests/bench/floors/prepared_rows'
import { clearLedgers, moveIn, type Household } from '#tests/bench/household'
import { freePort, Process, TS_EXEC, type Programs } from '#tests/bench/processes'
import type { Stage } from '#tests/bench/stage'

/** A bench asks more often than a person may. */
const WITHOUT_LIMITS = {
  RATE_LIMIT_API: '100000000/minute',
  RATE_LIMIT_IP: '100000000/minute',
}

export interface Servers {
  household: Household
  transactionId: string
  api: string
  bare: string
  stop(): Promise<void>
}

/** Starts the API and the bare application, in processes of their own, on a filled ledger. */
export async function startServers(stage: Stage, programs: Programs, size: number) {
  const household = await moveIn('http')
  await clearLedgers(stage.owner)
  await fillLedger(stage.system, household, size)
  await stage.owner.query('VACUUM ANALYZE')
  const { rows } = await stage.system.query<{ id: string }>(
    'SELECT id FROM transactions WHERE user_id = $1 ORDER BY id LIMIT 1',
    [household.user.id]
  )
  const transactionId = rows[0].id

  const [apiPort, barePort] = [await freePort(), await freePort()]
  const api = new Process('api', programs.server, { ...WITHOUT_LIMITS, PORT: String(apiPort) })
  const bare = new Process('bare', [TS_EXEC, 'tests/bench/floors/bare_server.ts'], {
    PORT: String(barePort),
    BENCH_DATABASE: JSON.stringify({ ...connections.system, max: connections.app.max }),
    BENCH_USER: household.user.id,
    BENCH_TRANSACTION: transactionId,
  })
  await Promise.all([api.listens(apiPort), bare.listens(barePort)])

  return {
    household,
    transactionId,
    api: `http://127.0.0.1:${apiPort}/api/v1`,
    bare: `http://127.0.0.1:${barePort}`,
    stop: async () => {
      await Promise.all([api.stop(), bare.stop()])
    },
  } satisfies Servers
}
