import { inject } from '@adonisjs/core'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { dependencyProblem } from '#core/http/database_problem'
import { Unavailable } from '#core/queue/unavailable'
import { ApplyRule } from '#transactions/actions/apply_rule'
import { TakeRuleBack } from '#transactions/actions/take_rule_back'
import RuleRun from '#transactions/models/rule_run'

interface Input {
  userId: string
  runId: string
}

/**
 * Does what is due of a run: applies its rule to the history, or takes that back.
 * Each chunk of transactions is changed in one transaction with the run's
 * progress, which the next chunk starts from whoever does it: a worker that dies
 * loses nothing, and two never do the same. Between chunks the user's other
 * writes get their turn. Runs of one user are done one after the other.
 */
@inject()
export default class CarryOutRuleRun {
  constructor(
    protected applyRule: ApplyRule,
    protected takeRuleBack: TakeRuleBack
  ) {}

  /** @throws Unavailable when Postgres goes away after something was done: that costs no attempt */
  async handle({ userId, runId }: Input) {
    let chunks = 0
    try {
      while (await tenant.ledger(userId, (trx) => this.#step(runId, trx))) chunks++
    } catch (error) {
      if (chunks === 0 || dependencyProblem(error)?.status !== 503) throw error
      throw new Unavailable('Postgres', error)
    }
  }

  /** What was done stays; the run says that it could not be finished. */
  async giveUp({ userId, runId }: Input) {
    await tenant.ledger(userId, async (trx) => {
      const run = await RuleRun.lockDue(runId, trx)
      if (!run) return
      await run.fail(trx)
      await this.#leave(run, run.isReversal ? 'reversal-failed' : 'failed', trx)
    })
  }

  /** Whether there is more to do. */
  async #step(runId: string, trx: TransactionClientContract) {
    const run = await RuleRun.lockDue(runId, trx)
    if (!run) return false

    const chunk = run.isReversal ? this.takeRuleBack : this.applyRule
    const goesOn = await chunk.handle(run, trx)
    if (goesOn) return true

    await run.finish(trx)
    await this.#leave(run, run.isReversal ? 'reverted' : 'completed', trx)
    return false
  }

  /** The next one that waits has its turn. */
  async #leave(run: RuleRun, how: string, trx: TransactionClientContract) {
    const { userId } = run
    await audit.record({ actor: 'system', action: `rule-run.${how}`, subject: run, userId }, trx)
    const next = await RuleRun.firstDue(trx)
    if (!next) return
    const { default: RunRules } = await import('#transactions/jobs/run_rules')
    await outbox.enqueue(RunRules, { userId, runId: next.id }, trx)
  }
}
