import { strict as assert } from 'node:assert'
import { tenant, type Reader } from '#core/database/tenant'
import {
  CASHFLOW,
  NET_WORTH,
  SUMMARY_ACCOUNTS,
  SUMMARY_CATEGORIES,
} from '#tests/bench/floors/plain_sql'
import { fillLedger } from '#tests/bench/floors/prepared_rows'
import { clearLedgers, moveIn, type Household } from '#tests/bench/household'
import { interleave, median, timed } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import type { Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'
import type User from '#users/models/user'
import { CashflowQuery } from '#wallet/queries/cashflow_query'
import { NetWorthQuery } from '#wallet/queries/net_worth_query'
import { SummaryQuery } from '#wallet/queries/summary_query'

/** Answers in one measurement, of which the median counts. */
const BATCH = 40

type Row = Record<string, string | number>
type Ask = (text: string, values: unknown[]) => Promise<Row[]>

interface Answer {
  name: string
  compute(reader: Reader, user: User): Promise<object>
  plainly(ask: Ask, userId: string): Promise<object>
  /** Both ways must come to the same. */
  check(computed: never, plain: never): void
  atMost?: number
}

const ANSWERS: Answer[] = [
  {
    name: 'Summary',
    atMost: 1.7,
    compute: (reader, user) => new SummaryQuery().compute(reader, { user }),
    plainly: (ask, id) => Promise.all([ask(SUMMARY_ACCOUNTS, [id]), ask(SUMMARY_CATEGORIES, [id])]),
    check: (
      computed: { byAccount: Row[]; topCategories: Row[] },
      [accounts, categories]: Row[][]
    ) => {
      assert.deepEqual(pluck(computed.byAccount, 'balance'), pluck(accounts, 'balance'))
      assert.deepEqual(pluck(computed.topCategories, 'amount'), pluck(categories, 'amount'))
    },
  },
  {
    name: 'Cashflow by month',
    atMost: 1.7,
    compute: (reader, user) => new CashflowQuery().compute(reader, { user, interval: 'month' }),
    plainly: (ask, id) => ask(CASHFLOW, [id]),
    check: ({ series }: { series: Row[] }, plain: Row[]) => {
      assert.deepEqual(pluck(series, 'expenses'), pluck(plain, 'expenses'))
    },
  },
  {
    name: 'Net worth by month',
    compute: (reader, user) => new NetWorthQuery().compute(reader, { user, interval: 'month' }),
    plainly: (ask, id) => ask(NET_WORTH, [id]),
    check: ({ series }: { series: Row[] }, plain: Row[]) => {
      assert.deepEqual(pluck(series, 'netWorth'), pluck(plain, 'worth'))
    },
  },
]

/** Uncached answers on ledgers of each size, without HTTP, beside the SQL of the answer alone. */
export async function benchReads(stage: Stage, _: Programs, options: Options, report: Report) {
  const households = new Map<number, Household>()
  await clearLedgers(stage.owner)
  for (const size of options.sizes) {
    const household = await moveIn(`reads-${size}`)
    await fillLedger(stage.system, household, size)
    households.set(size, household)
  }
  await stage.owner.query('VACUUM ANALYZE')

  const ask: Ask = async (text, values) => {
    const { rows } = await stage.system.query({ name: text.slice(0, 60).trim(), text, values })
    return rows
  }

  for (const answer of ANSWERS) {
    const tasks: Record<string, () => Promise<number>> = {}
    for (const [size, { user }] of households) {
      const compute = () => tenant.read(user.id, (reader) => answer.compute(reader, user))
      const plainly = () => answer.plainly(ask, user.id)
      answer.check((await compute()) as never, (await plainly()) as never)
      tasks[`finora ${size}`] = () => batch(compute)
      tasks[`plain ${size}`] = () => batch(plainly)
    }
    compare(
      answer,
      await interleave(tasks, { rounds: options.repeat * 3, warmups: 2 }),
      options,
      report
    )
  }
}

function compare(
  { name, atMost }: Answer,
  times: Record<string, number[]>,
  { sizes }: Options,
  report: Report
) {
  for (const size of sizes) {
    report.compare({
      what: `${name}, uncached, ${size.toLocaleString('en')} rows`,
      unit: 'ms',
      values: times[`finora ${size}`],
      against: { what: 'its SQL over totals', values: times[`plain ${size}`] },
      atMost: size === 100_000 ? atMost : undefined,
    })
  }
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  if (least === most) return
  report.compare({
    what: `${name}, uncached, ${most.toLocaleString('en')} rows`,
    unit: 'ms',
    values: times[`finora ${most}`],
    against: { what: `with ${least.toLocaleString('en')} rows`, values: times[`finora ${least}`] },
    atMost: most === 300_000 && least === 10_000 ? 1.3 : undefined,
  })
}

async function batch(work: () => Promise<unknown>) {
  const times: number[] = []
  for (let call = 0; call < BATCH; call++) times.push(await timed(work))
  return median(times)
}

function pluck(rows: Row[], column: string) {
  return rows.map((row) => row[column])
}
