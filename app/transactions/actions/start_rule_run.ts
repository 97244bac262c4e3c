import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import Account from '#wallet/models/account'
import RunRules from '#transactions/jobs/run_rules'
import Rule from '#transactions/models/rule'
import RuleRun from '#transactions/models/rule_run'
import { type HistoryScope, HistorySize } from '#transactions/queries/history_rows'
import type User from '#users/models/user'

interface Input extends Omit<HistoryScope, 'asOf'> {
  actor: User
  ruleId: string
}

/** Has a rule applied to the history by the worker, as both are at this moment. */
export default class StartRuleRun {
  async handle({ actor, ruleId, ...filters }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const { name, terms } = await Rule.findOrFail(ruleId, { client: trx })
      const { accountId = null, from = null, to = null } = filters
      if (accountId) await Account.findReferenced(accountId, 'accountId', trx)

      const { asOf, rows } = await new HistorySize().handle(readerOf(trx), filters)
      const run = await RuleRun.create(
        {
          userId: actor.id,
          ruleId,
          rule: { name, ...terms },
          accountId,
          firstDay: from,
          lastDay: to,
          asOf,
          totalRows: rows,
        },
        { client: trx }
      )
      const first = await RuleRun.firstDue(trx)
      if (first?.id === run.id) {
        await outbox.enqueue(RunRules, { userId: actor.id, runId: run.id }, trx)
      }
      await audit.record(
        { actor, action: 'rule-run.requested', subject: run, userId: actor.id },
        trx
      )
      return run.refresh()
    })
  }
}
