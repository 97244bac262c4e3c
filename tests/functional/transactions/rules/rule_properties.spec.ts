import { test } from '@japa/runner'
import fc from 'fast-check'
import { randomUUIDv7 } from 'node:crypto'
import { tenant } from '#core/database/tenant'
import { RULE_FIELDS, type RuleAction } from '#transactions/domain/payee_rules'
import type { RuleCondition } from '#transactions/domain/rule_conditions'
import { categoryOf, household } from '#tests/support/household'
import { differencesOf } from '#tests/support/ledger'
import { changesOf, makeRule, previewAll, revertRun, runRule } from '#tests/support/rules'
import type User from '#users/models/user'

const CATEGORIES = ['Dining', 'Gifts']

const word = fc.constantFrom('Café', 'CAFE 12', 'shop', 'bakery "Süß"', 'a\\b')
const tag = fc.constantFrom('a', 'b "c"', 'd,e', 'ü')
const text = fc.constantFrom('is', 'isNot', 'contains', 'doesNotContain', 'startsWith', 'matches')
const category = fc.constantFrom(...CATEGORIES)

const condition = fc.oneof(
  fc.record({
    field: fc.constantFrom('payee', 'description', 'notes'),
    operator: text,
    value: fc.constantFrom('café', 'CAFE 12', 'shop', 'a', 'B'),
  }),
  fc.record({
    field: fc.constant('tags'),
    operator: fc.constantFrom('contains', 'doesNotContain'),
    value: tag,
  }),
  fc.record({
    field: fc.constant('amount'),
    operator: fc.constantFrom('is', 'greaterThan', 'lessThan'),
    value: fc.integer({ min: -3, max: 3 }),
  })
) as fc.Arbitrary<RuleCondition>

/** Categories stand for their ids. */
const action: fc.Arbitrary<RuleAction> = fc.oneof(
  fc.record({ kind: fc.constant('setCategory' as const), categoryId: category }),
  fc.record({ kind: fc.constant('setPayee' as const), payee: word }),
  fc.record({
    kind: fc.constant('addTags' as const),
    tags: fc.uniqueArray(tag, { minLength: 1, maxLength: 3 }),
  })
)

const row = fc.record({
  payee: word,
  description: fc.option(word),
  notes: fc.option(word),
  amount: fc.constantFrom(-3, -1, 2),
  category: fc.option(category),
  tags: fc.uniqueArray(tag, { maxLength: 3 }),
  locked: fc.subarray([...RULE_FIELDS]),
})
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

async function book(user: User, accountId: string, rows: Row[], ids: Record<string, string>) {
  await tenant.ledger(user.id, async (trx) => {
    for (const each of rows) {
      await trx
        .insertQuery()
        .table('transactions')
        .insert({
          user_id: user.id,
          id: randomUUIDv7(),
          account_id: accountId,
          kind: each.amount > 0 ? 'income' : 'expense',
          amount_minor: each.amount,
          currency: 'EUR',
          booked_on: '2026-01-15',
          payee: each.payee,
          description: each.description,
          notes: each.notes,
          category_id: each.category && ids[each.category],
          tags: each.tags,
          locked_fields: each.locked,
        })
    }
  })
}

/** Everything of a user's transactions but when they last changed. */
async function ledgerOf(user: User) {
  const { rows } = await tenant.transaction(user.id, (trx) =>
    trx.rawQuery(
      `SELECT to_jsonb(t) - 'updated_at' - 'changed_in' AS row FROM transactions t ORDER BY id`
    )
  )
  return rows
}

test.group('Rule runs / properties', () => {
  test('do what was previewed, and undo it', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const ids: Record<string, string> = {}
    for (const name of CATEGORIES) {
      const { id } = await categoryOf(user, name)
      ids[name] = id
    }

    await fc.assert(
      fc.asyncProperty(
        fc.record({
          match: fc.constantFrom('all' as const, 'any' as const),
          conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
          actions: fc.array(action, { minLength: 1, maxLength: 3 }),
        }),
        fc.array(row, { maxLength: 5 }),
        async (rule, rows) => {
          const actions = rule.actions.map((each) =>
            each.kind === 'setCategory' ? { ...each, categoryId: ids[each.categoryId] } : each
          )
          await book(user, checking.id, rows, ids)
          const ruleId = await makeRule(client, user, { ...rule, actions })
          const before = await ledgerOf(user)

          const { changes } = await previewAll(client, user, ruleId, {}, 7)
          const run = await runRule(client, user, ruleId)
          const logged = await changesOf(client, user, run.id)
          const reverted = await revertRun(client, user, run.id)

          const side = (change: (typeof changes)[number]) => [
            change.transactionId,
            change.before,
            change.after,
          ]
          assert.sameDeepMembers(logged.map(side), changes.map(side))
          assert.equal(run.counts.changed, changes.length)
          assert.equal(reverted.counts.kept, 0)
          assert.deepEqual(await ledgerOf(user), before)
        }
      ),
      { numRuns: 25, endOnFailure: true }
    )
    assert.deepEqual(await differencesOf(user), [])
  }).timeout(60_000)
})
