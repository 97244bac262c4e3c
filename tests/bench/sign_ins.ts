import { randomUUIDv7 } from 'node:crypto'
import { moveIn } from '#tests/bench/household'
import { interleave, median, timed } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import { freePort, Process, type Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'

const ATTEMPTS = 300

/** One address is tried more often than the lock and the limits allow. */
const UNGUARDED = { SIGN_IN_GUESSES: '30000', RATE_LIMIT_AUTH: '100000000/minute' }

/**
 * Wrong passwords over HTTP for an address somebody has and for addresses nobody
 * has, taking turns: whoever measures must not learn which is which.
 */
export async function benchSignIns(
  _stage: Stage,
  programs: Programs,
  _options: Options,
  report: Report
) {
  const { user } = await moveIn('sign-in')
  const port = await freePort()
  const api = new Process('api', programs.server, { ...UNGUARDED, PORT: String(port) })
  await api.listens(port)
  try {
    const attempt = (email: string) => timed(() => refused(port, email))
    const { known, unknown } = await interleave(
      {
        known: () => attempt(user.email),
        unknown: () => attempt(`${randomUUIDv7()}@bench.test`),
      },
      { rounds: ATTEMPTS / 2, warmups: 10 }
    )

    report.compare({
      what: 'POST /auth/login, wrong password',
      unit: 'ms',
      values: known,
      against: { what: 'an address nobody has', values: unknown },
    })
    report.limit({
      what: 'between the medians of both',
      unit: 'ms',
      values: [Math.abs(median(known) - median(unknown))],
      atMost: 5,
    })
  } finally {
    await api.stop()
  }
}

async function refused(port: number, email: string) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'not the passphrase' }),
  })
  await response.arrayBuffer()
  if (response.status !== 401) throw new Error(`a wrong password was answered ${response.status}`)
}
