import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type RuleRun from '#transactions/models/rule_run'
import { ruleTerms } from '#transactions/transformers/rule_transformer'

export const ruleRunSchema = s.resource('RuleRun', {
  id: s.id(),
  ruleId: s.nullable(s.id({ description: 'Null once the rule is deleted' })),
  rule: s.object(
    { name: s.text(), ...ruleTerms },
    { description: 'The rule as it was when the run was asked for' }
  ),
  accountId: s.nullable(s.id()),
  from: s.nullable(s.day()),
  to: s.nullable(s.day()),
  status: s.enumOf(['pending', 'active', 'completed', 'failed', 'reverted']),
  counts: s.object({
    total: s.integer({ description: 'Transactions that the run looks at' }),
    matched: s.integer({ description: 'The conditions hold' }),
    changed: s.integer(),
    kept: s.integer({ description: 'Had been changed again before the reversal, and stayed so' }),
  }),
  progress: s.number({
    minimum: 0,
    maximum: 1,
    description: 'Of the run, or of its reversal while that is under way',
  }),
  error: s.nullable(s.object({ code: s.text(), detail: s.text() })),
  createdAt: s.instant(),
  startedAt: s.nullable(s.instant()),
  finishedAt: s.nullable(s.instant()),
  revertedAt: s.nullable(s.instant()),
  logForgottenAt: s.nullable(
    s.instant({ description: 'Since when what it changed is forgotten: it cannot be taken back' })
  ),
})

export default class RuleRunTransformer extends Transformer<RuleRun> {
  toObject() {
    const run = this.resource
    const { name, match, conditions, actions } = run.rule
    return {
      id: run.id,
      ruleId: run.ruleId,
      rule: { name, match, conditions, actions },
      accountId: run.accountId,
      from: run.firstDay,
      to: run.lastDay,
      status: run.status,
      counts: {
        total: run.totalRows,
        matched: run.matchedRows,
        changed: run.changedRows,
        kept: run.keptRows,
      },
      progress: this.#progress(run),
      error: run.error,
      createdAt: run.createdAt.toUTC().toISO()!,
      startedAt: run.startedAt?.toUTC().toISO() ?? null,
      finishedAt: run.finishedAt?.toUTC().toISO() ?? null,
      revertedAt: run.revertedAt?.toUTC().toISO() ?? null,
      logForgottenAt: run.logForgottenAt?.toUTC().toISO() ?? null,
    }
  }

  #progress(run: RuleRun) {
    if (!run.isDue) return 1
    const [done, all] = run.isReversal
      ? [run.undoneRows, run.changedRows]
      : [run.processedRows, run.totalRows]
    return all === 0 ? 0 : Math.min(1, Math.floor((done * 1000) / all) / 1000)
  }
}
