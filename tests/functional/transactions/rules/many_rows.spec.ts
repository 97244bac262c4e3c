import { test } from '@japa/runner'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tenant } from '#core/database/tenant'
import AmendTransaction from '#transactions/actions/amend_transaction'
import { ApplyRule } from '#transactions/actions/apply_rule'
import CarryOutRuleRun from '#transactions/actions/carry_out_rule_run'
import { TakeRuleBack } from '#transactions/actions/take_rule_back'
import type RuleRun from '#transactions/models/rule_run'
import { categoryOf, household, unconditionally as precondition } from '#tests/support/household'
import { totalsOf } from '#tests/support/ledger'
import {
  carryOut,
  fillHistory,
  makeRule,
  previewAll,
  requestRun,
  revertRun,
  runRule,
  showRun,
} from '#tests/support/rules'
import type User from '#users/models/user'

/** More than two chunks, less than three. */
const ROWS = 5_000

class Killed extends Error {}

/** The worker is killed in the middle of the second chunk. */
function killed(userId: string, runId: string) {
  let chunks = 0
  const dies = async (goesOn: boolean) => {
    if (++chunks === 2) throw new Killed()
    return goesOn
  }
  class Applying extends ApplyRule {
    override async handle(run: RuleRun, trx: TransactionClientContract) {
      return dies(await super.handle(run, trx))
    }
  }
  class TakingBack extends TakeRuleBack {
    override async handle(run: RuleRun, trx: TransactionClientContract) {
      return dies(await super.handle(run, trx))
    }
  }
  return new CarryOutRuleRun(new Applying(), new TakingBack()).handle({ userId, runId })
}

/** How many of the user's rows have which category and tags. */
async function tally(user: User) {
  const { rows } = await tenant.transaction(user.id, (trx) =>
    trx.rawQuery(
      `SELECT coalesce(c.name, '') || array_to_string(t.tags, ' ') AS what, count(*)
       FROM transactions t LEFT JOIN categories c ON c.id = t.category_id GROUP BY 1 ORDER BY 1`
    )
  )
  return Object.fromEntries(
    rows.map((row: { what: string; count: number }) => [row.what, row.count])
  )
}

/** The transaction that a run comes to last. */
async function lastOf(user: User): Promise<string> {
  const row = await tenant.transaction(user.id, (trx) =>
    trx.from('transactions').orderBy('id', 'desc').first()
  )
  return row.id
}

test.group('Rule runs / many rows', () => {
  test('survive a worker that is killed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'setCategory', categoryId }] })
    const { id } = await requestRun(client, user, ruleId)

    await assert.rejects(() => killed(user.id, id))
    const halfway = await showRun(client, user, id)
    await carryOut(user, id)

    assert.containsSubset(halfway, { status: 'active', progress: 0.4, counts: { changed: 2_000 } })
    assert.containsSubset(await showRun(client, user, id), {
      status: 'completed',
      counts: { total: ROWS, matched: ROWS, changed: ROWS },
    })
    assert.deepEqual(await tally(user), { Dining: ROWS })
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
  })

  test('are taken back by two workers', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['ruled'] }] })
    const { id } = await runRule(client, user, ruleId)
    await client.post(`/api/v1/transactions/rules/runs/${id}/reversal`).loginAs(user)

    await assert.rejects(() => killed(user.id, id))
    const halfway = await showRun(client, user, id)
    await Promise.all([carryOut(user, id), carryOut(user, id)])

    assert.containsSubset(halfway, { status: 'completed', progress: 0.4 })
    assert.containsSubset(await showRun(client, user, id), {
      status: 'reverted',
      progress: 1,
      counts: { changed: ROWS, kept: 0 },
    })
    assert.deepEqual(await tally(user), { '': ROWS })
  })

  test('leave an edit in between', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: dining.id }],
    })
    const { id } = await requestRun(client, user, ruleId)
    await assert.rejects(() => killed(user.id, id))

    await new AmendTransaction().handle({
      actor: user,
      id: await lastOf(user),
      changes: { categoryId: gifts.id },
      precondition,
    })
    await carryOut(user, id)

    assert.deepEqual(await tally(user), { Dining: ROWS - 1, Gifts: 1 })
    assert.containsSubset(await showRun(client, user, id), { counts: { changed: ROWS - 1 } })
  })

  test('take their turns', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const setting = async (name: string) => {
      const { id: categoryId } = await categoryOf(user, name)
      return makeRule(client, user, { actions: [{ kind: 'setCategory', categoryId }] })
    }
    const first = await requestRun(client, user, await setting('Dining'))
    const second = await requestRun(client, user, await setting('Gifts'))

    await carryOut(user, second.id)
    const early = await showRun(client, user, second.id)
    await Promise.all([carryOut(user, first.id), carryOut(user, second.id)])
    await carryOut(user, second.id)

    assert.equal(early.status, 'pending')
    assert.deepEqual(await tally(user), { Gifts: ROWS })
    const undone = await revertRun(client, user, second.id)
    assert.containsSubset(undone, { status: 'reverted', counts: { changed: ROWS, kept: 0 } })
    assert.deepEqual(await tally(user), { Dining: ROWS })
  })

  test('are previewed to the end', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const ruleId = await makeRule(client, user, {
      conditions: [{ field: 'payee', operator: 'endsWith', value: '99' }],
      actions: [{ kind: 'addTags', tags: ['ruled'] }],
    })

    const { changes, counts } = await previewAll(client, user, ruleId, {}, 20)

    assert.deepEqual(counts, { lookedAt: ROWS, matched: 50, changed: 50, complete: true })
    assert.lengthOf(new Set(changes.map(({ transactionId }) => transactionId)), 50)
  })
})

test.group('Rule runs / given up', () => {
  test('say so and can be taken back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await fillHistory(user, checking, ROWS)
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['ruled'] }] })
    const { id } = await requestRun(client, user, ruleId)
    const next = await requestRun(client, user, ruleId)
    await assert.rejects(() => killed(user.id, id))

    await new CarryOutRuleRun(new ApplyRule(), new TakeRuleBack()).giveUp({
      userId: user.id,
      runId: id,
    })
    const failed = await showRun(client, user, id)
    const refused = await client
      .post(`/api/v1/transactions/rules/runs/${next.id}/reversal`)
      .loginAs(user)
    await carryOut(user, next.id)
    const reverted = await revertRun(client, user, id)

    assert.containsSubset(failed, {
      status: 'failed',
      error: { code: 'interrupted' },
      counts: { changed: 2_000 },
    })
    refused.assertStatus(409)
    assert.containsSubset(reverted, { status: 'reverted', error: null, counts: { kept: 0 } })
    assert.deepEqual(await tally(user), { '': 2_000, 'ruled': 3_000 })
  })
})
