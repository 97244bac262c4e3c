import { strict as assert } from 'node:assert'
import { tenant } from '#core/database/tenant'
import { fillLedger } from '#tests/bench/floors/prepared_rows'
import { NEXT_VERSION } from '#tests/bench/floors/schema'
import { clearLedgers, moveIn, type Household } from '#tests/bench/household'
import { interleave, timed } from '#tests/bench/measure'
import type { Options } from '#tests/bench/options'
import type { Programs } from '#tests/bench/processes'
import type { Report } from '#tests/bench/report'
import type { Stage } from '#tests/bench/stage'
import { ApplyRule } from '#transactions/actions/apply_rule'
import CarryOutRuleRun from '#transactions/actions/carry_out_rule_run'
import CreateRule from '#transactions/actions/create_rule'
import RequestRuleRunReversal from '#transactions/actions/request_rule_run_reversal'
import StartRuleRun from '#transactions/actions/start_rule_run'
import { TakeRuleBack } from '#transactions/actions/take_rule_back'
import RuleRun from '#transactions/models/rule_run'

const TAG = 'ruled'

/** What a rule and its reversal come to, in one statement each: the same rows, the same triggers. */
const CHANGE = `
  UPDATE transactions SET category_id = $2, tags = tags || ARRAY['${TAG}'], updated_at = clock_timestamp()
  WHERE user_id = $1`
const RESTORE = `
  UPDATE transactions t SET category_id = b.category_id, tags = b.tags, updated_at = clock_timestamp()
  FROM bench_before b WHERE t.user_id = $1 AND b.id = t.id`

/** A rule that changes every row of a ledger, and its reversal, each beside the plain UPDATE. */
export async function benchRules(stage: Stage, _: Programs, options: Options, report: Report) {
  const household = await moveIn('rules')
  const { id: ruleId } = await new CreateRule().handle({
    actor: household.user,
    name: 'Everything',
    conditions: [{ field: 'payee', operator: 'isNot', value: 'nobody' }],
    actions: [
      { kind: 'setCategory', categoryId: household.categories.get('Shopping')! },
      { kind: 'addTags', tags: [TAG] },
    ],
  })

  for (const size of options.sizes) {
    const times = await measure(stage, household, ruleId, size, options)
    for (const [what, against] of [
      ['run', 'change'],
      ['undo', 'restore'],
    ] as const) {
      report.compare({
        what: `A rule over ${size.toLocaleString('en')} rows, ${what}`,
        unit: 'ms',
        values: times[what],
        against: { what: 'the plain UPDATE', values: times[against] },
        atMost: size === 100_000 ? 3 : undefined,
      })
    }
  }
}

async function measure(
  { owner, system }: Stage,
  household: Household,
  ruleId: string,
  size: number,
  { repeat }: Options
) {
  const { user, categories } = household
  await clearLedgers(owner)
  await fillLedger(system, household, size)
  await system.query('DROP TABLE IF EXISTS bench_before')
  await system.query(
    `CREATE TEMPORARY TABLE bench_before AS
     SELECT id, category_id, tags FROM transactions WHERE user_id = $1`,
    [user.id]
  )
  await system.query('ALTER TABLE bench_before ADD PRIMARY KEY (id)')
  let run: RuleRun

  /** What a statement left behind is in nobody's way. */
  const afterVacuum = async (work: () => Promise<unknown>) => {
    await owner.query('VACUUM ANALYZE transactions')
    return timed(work)
  }
  const plainly = (sql: string, values: unknown[]) => async () => {
    await system.query('BEGIN')
    await system.query(NEXT_VERSION, [user.id])
    await system.query(sql, values)
    await system.query('COMMIT')
  }
  return interleave(
    {
      change: () => afterVacuum(plainly(CHANGE, [user.id, categories.get('Shopping')])),
      restore: () => afterVacuum(plainly(RESTORE, [user.id])),
      run: async () => {
        run = await new StartRuleRun().handle({ actor: user, ruleId })
        return afterVacuum(() => carryOut(run))
      },
      undo: async () => {
        await new RequestRuleRunReversal().handle({ actor: user, id: run.id })
        const time = await afterVacuum(() => carryOut(run))
        await checkUndone(run)
        return time
      },
    },
    { rounds: repeat, warmups: 1 }
  )
}

async function carryOut({ userId, id }: RuleRun) {
  await new CarryOutRuleRun(new ApplyRule(), new TakeRuleBack()).handle({ userId, runId: id })
}

async function checkUndone({ userId, id }: RuleRun) {
  const run = await tenant.transaction(userId, (trx) => RuleRun.findOrFail(id, { client: trx }))
  const { status, changedRows, totalRows, keptRows } = run
  assert.deepEqual([status, changedRows, keptRows], ['reverted', totalRows, 0])
}
