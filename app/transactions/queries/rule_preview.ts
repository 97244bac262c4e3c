import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { snapshotOf } from '#core/database/snapshot'
import { Turn } from '#core/event_loop/turn'
import Account from '#wallet/models/account'
import { checkRuleReferences } from '#transactions/actions/check_rule_references'
import { PayeeRules, type RuleTerms } from '#transactions/domain/payee_rules'
import { judge, type RuleChange } from '#transactions/domain/rule_change'
import Rule from '#transactions/models/rule'
import {
  type DatedRow,
  type HistoryScope,
  NewestHistory,
  type Position,
} from '#transactions/queries/history_rows'

/** Milliseconds that a preview looks through the history before it says so far. */
const PATIENCE = 1_000
const CHUNK = 2_000

interface Input {
  userId: string
  ruleId: string
  /** What the rule would be like; the rest is as it was saved. */
  terms: Partial<RuleTerms>
  scope: HistoryScope
}

/** A transaction that the rule would change. */
export interface PreviewedChange extends RuleChange {
  row: DatedRow
}

/** Of the history as far as it was looked at. */
export interface PreviewCounts {
  lookedAt: number
  matched: number
  changed: number
  complete: boolean
}

/**
 * What a run of a rule would change, enabled or not, newest first. It counts on
 * to the end of the history when it starts at its beginning; a later page ends
 * where it is full. A page ends early when it takes too long.
 */
export class RulePreview {
  /** @param after where the page before ended; returns up to `limit` changes, and where this one did */
  async handle(
    { userId, ruleId, terms, scope }: Input,
    limit: number,
    after: Position | null
  ): Promise<Found & { categories: Map<string, string> }> {
    return snapshotOf(userId, async (trx) => {
      const rule = await Rule.findOrFail(ruleId, { client: trx })
      await checkRuleReferences(terms, trx)
      if (scope.accountId) await Account.findReferenced(scope.accountId, 'accountId', trx)
      const rows = await trx.from('categories').select('id', 'name')
      const categories = new Map<string, string>(rows.map(({ id, name }) => [id, name]))

      const known = { hasCategory: (id: string) => categories.has(id) }
      const rules = new PayeeRules([rule.merge({ ...terms, enabled: true }).asPayeeRule(known)])
      return { ...(await look(rules, scope, limit, after, trx)), categories }
    })
  }
}

interface Found {
  changes: PreviewedChange[]
  counts: PreviewCounts
  /** What the next page comes after; null behind the last. */
  next: Position | null
}

async function look(
  rules: PayeeRules,
  scope: HistoryScope,
  limit: number,
  start: Position | null,
  trx: TransactionClientContract
): Promise<Found> {
  const changes: PreviewedChange[] = []
  const counts = { lookedAt: 0, matched: 0, changed: 0, complete: true }
  const turn = new Turn()
  const end = performance.now() + PATIENCE
  const mayStop = () => performance.now() > end || (start !== null && changes.length === limit)

  let after = start
  for await (const row of newestRows(scope, start, trx)) {
    if (mayStop()) {
      counts.complete = false
      break
    }
    const { matched, change } = judge(row, rules)
    counts.lookedAt++
    if (matched) counts.matched++
    if (change) counts.changed++
    if (change && changes.length < limit) changes.push({ ...change, row })
    after = row
    if (turn.isOver) await turn.pass()
  }
  if (counts.changed > changes.length) return { changes, counts, next: changes.at(-1)!.row }
  return { changes, counts, next: counts.complete ? null : after }
}

async function* newestRows(
  scope: HistoryScope,
  start: Position | null,
  trx: TransactionClientContract
) {
  for (let after = start; ;) {
    const rows = await new NewestHistory().handle(readerOf(trx), scope, CHUNK, after)
    yield* rows
    if (rows.length < CHUNK) return
    after = rows.at(-1)!
  }
}
