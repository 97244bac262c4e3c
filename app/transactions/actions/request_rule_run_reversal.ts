import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import RunRules from '#transactions/jobs/run_rules'
import RuleRun from '#transactions/models/rule_run'
import type User from '#users/models/user'

/** Has what a run changed taken back by the worker. Throws `Conflict` while it is under way, or when its log is forgotten. */
export default class RequestRuleRunReversal {
  async handle({ actor, id }: { actor: User; id: string }) {
    return tenant.ledger(actor.id, async (trx) => {
      const run = await RuleRun.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (run.isReversal && (run.isDue || run.status === 'reverted')) return run

      await run.requestReversal(trx)
      const first = await RuleRun.firstDue(trx)
      if (first?.id === id) await outbox.enqueue(RunRules, { userId: actor.id, runId: id }, trx)
      await audit.record(
        { actor, action: 'rule-run.reversal-requested', subject: run, userId: actor.id },
        trx
      )
      return run.refresh()
    })
  }
}
