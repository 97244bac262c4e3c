import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import ForgetRuleRunLogs from '#transactions/actions/forget_rule_run_logs'
import { categoryOf, household } from '#tests/support/household'
import {
  carryOut,
  changesOf,
  fillHistory,
  makeRule,
  revertRun,
  runRule,
  showRun,
} from '#tests/support/rules'
import type User from '#users/models/user'

const RUNS = '/api/v1/transactions/rules/runs'

/** A run that changed two transactions, and was over so many days ago. */
async function runOf(client: ApiClient, days: number) {
  const { user, checking } = await household({ checking: 0 })
  await fillHistory(user, checking, 2)
  const { id: categoryId } = await categoryOf(user, 'Gifts')
  const ruleId = await makeRule(client, user, { actions: [{ kind: 'setCategory', categoryId }] })
  const { id } = await runRule(client, user, ruleId)
  await age(user, days)
  return { user, id }
}

async function age(user: User, days: number) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE rule_runs SET finished_at = now() - :days * interval '1 day',
         reversal_requested_at = reversal_requested_at - :days * interval '1 day',
         reverted_at = reverted_at - :days * interval '1 day'
       WHERE user_id = :id`,
      { days, id: user.id }
    )
  )
}

function askForReversal(client: ApiClient, user: User, id: string) {
  return client.post(`${RUNS}/${id}/reversal`).loginAs(user)
}

test.group('Old logs of runs', () => {
  test('are forgotten, and the run says so', async ({ client, assert }) => {
    const { user, id } = await runOf(client, 401)

    await new ForgetRuleRunLogs().handle()

    const run = await showRun(client, user, id)
    assert.containsSubset(run, { status: 'completed', counts: { changed: 2 } })
    assert.isNotNull(run.logForgottenAt)
    assert.isEmpty(await changesOf(client, user, id))
  })

  test('are not taken back any more', async ({ client, assert }) => {
    const { user, id } = await runOf(client, 401)
    await new ForgetRuleRunLogs().handle()

    const response = await askForReversal(client, user, id)

    response.assertStatus(409)
    assert.include(response.body().detail, '400 days')
    assert.containsSubset(await showRun(client, user, id), { status: 'completed' })
  })

  test('are kept for their time', async ({ client, assert }) => {
    const { user, id } = await runOf(client, 399)

    await new ForgetRuleRunLogs().handle()

    assert.containsSubset(await showRun(client, user, id), { logForgottenAt: null })
    assert.lengthOf(await changesOf(client, user, id), 2)
    assert.containsSubset(await revertRun(client, user, id), { status: 'reverted' })
  })

  test('wait for a reversal that is under way', async ({ client, assert }) => {
    const { user, id } = await runOf(client, 401)
    await askForReversal(client, user, id)

    await new ForgetRuleRunLogs().handle()
    await carryOut(user, id)

    assert.containsSubset(await showRun(client, user, id), {
      status: 'reverted',
      logForgottenAt: null,
    })
  })

  test('of what was taken back go as well', async ({ client, assert }) => {
    const { user, id } = await runOf(client, 1)
    await revertRun(client, user, id)
    await age(user, 401)

    await new ForgetRuleRunLogs().handle()

    const again = await askForReversal(client, user, id)
    again.assertStatus(202)
    assert.equal(again.body().status, 'reverted')
    assert.isEmpty(await changesOf(client, user, id))
  })
})
