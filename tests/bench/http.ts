import redis from '@adonisjs/redis/services/main'
import { signIn } from '#tests/bench/household'
import { callRepeatedly, load, type Throughput } from '#tests/bench/load'
import { interleave } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import type { Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import { startServers, type Servers } from '#tests/bench/servers'
import type { Stage } from '#tests/bench/stage'

const DAY_MS = 24 * 60 * 60 * 1000

/** Reads over HTTP, beside routes of an AdonisJS application with nothing around them. */
export async function benchHttp(
  stage: Stage,
  programs: Programs,
  options: Options,
  report: Report
) {
  const servers = await startServers(stage, programs, options.sizes[0])
  try {
    for (const connections of options.connections) {
      const results = await measure(servers, connections, options)
      show(results, connections, report)
    }
  } finally {
    await servers.stop()
  }
}

async function measure(servers: Servers, connections: number, { seconds, repeat }: Options) {
  const { api, bare, household, transactionId } = servers
  const token = await signIn(household.user)
  const summary = `${api}/wallet/summary`
  const answer = await fetch(summary, { headers: { authorization: `Bearer ${token}` } })
  await redis.set('bench:summary', await answer.text())
  const get = () => redis.get('bench:summary')

  const plainly = (path: string) => load(bare + path, { connections, seconds })
  const signedIn = (url: string, nextPath?: () => string) =>
    load(url, { connections, seconds, token, nextPath })

  return interleave(
    {
      hello: () => plainly('/hello'),
      lucidAccounts: () => plainly('/lucid/accounts'),
      pgAccounts: () => plainly('/pg/accounts'),
      accounts: () => signedIn(`${api}/wallet/accounts`),
      lucidTransaction: () => plainly('/lucid/transaction'),
      pgTransaction: () => plainly('/pg/transaction'),
      transaction: () => signedIn(`${api}/transactions/${transactionId}`),
      cachedSummary: () => signedIn(summary),
      uncachedSummary: () => signedIn(summary, nextPeriod),
      redis: () => callRepeatedly(new Array(connections).fill(get), seconds),
    },
    { rounds: repeat }
  )
}

type Results = Awaited<ReturnType<typeof measure>>

function show(results: Results, connections: number, report: Report) {
  const at = `${connections} connection${connections === 1 ? '' : 's'}`
  const rates = (name: keyof Results) => results[name].map(({ rate }: Throughput) => rate)
  const p50s = (name: keyof Results) => results[name].map(({ p50 }: Throughput) => p50)
  const read = (what: string, name: keyof Results, floor: keyof Results, how: string) =>
    report.compare({
      what: `${what}, signed in, ${at}`,
      unit: 'req/s',
      values: rates(name),
      against: { what: `bare route, same query by ${how}`, values: rates(floor) },
      atLeast: 0.6,
    })

  report.limit({ what: `Bare AdonisJS route, ${at}`, unit: 'req/s', values: rates('hello') })
  read('Accounts', 'accounts', 'lucidAccounts', 'Lucid')
  read('Accounts', 'accounts', 'pgAccounts', 'pg, prepared')
  read('A transaction', 'transaction', 'lucidTransaction', 'Lucid')
  read('A transaction', 'transaction', 'pgTransaction', 'pg, prepared')
  report.compare({
    what: `Summary, cached, p50, ${at}`,
    unit: 'ms',
    values: p50s('cachedSummary'),
    against: { what: 'bare route, p50', values: p50s('hello') },
    atMost: 5,
  })
  report.compare({
    what: `Summary, cached, p50, ${at}`,
    unit: 'ms',
    values: p50s('cachedSummary'),
    against: { what: 'redis GET of the answer, p50', values: p50s('redis') },
  })
  report.compare({
    what: `Summary, uncached, ${at}`,
    unit: 'req/s',
    values: rates('uncachedSummary'),
    against: { what: 'cached', values: rates('cachedSummary') },
  })
}

/** Another period at each call, so that no answer is remembered. */
const nextPeriod = (() => {
  let number = 0
  return () => {
    const from = day(Date.UTC(2021, 0, 1) + (number % 1_000) * DAY_MS)
    const to = day(Date.UTC(2023, 11, 31) + Math.floor(number++ / 1_000) * DAY_MS)
    return `/api/v1/wallet/summary?from=${from}&to=${to}`
  }
})()

function day(instant: number) {
  return new Date(instant).toISOString().slice(0, 10)
}
