import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { importFile } from '#tests/support/imports'
import { categoryOf, household, record, split, transfer } from '#tests/support/household'
import { differencesOf, totalsOf } from '#tests/support/ledger'
import {
  carryOut,
  changesOf,
  makeRule,
  requestRun,
  revertRun,
  runRule,
  showRun,
} from '#tests/support/rules'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/rules'

/** What rules may set of a user's transactions, by payee or what the bank calls it. */
async function valuesOf(user: User) {
  const rows = await tenant.transaction(user.id, (trx) => trx.from('transactions').orderBy('id'))
  return Object.fromEntries(
    rows.map((row) => [row.bank_payee ?? row.payee, [row.category_id, row.payee, row.tags]])
  )
}

const CSV = ['date,payee,category,amount', '2026-01-01,CAFE 12,Gifts,-3', '2026-01-02,SHOP,,-4']

test.group('Rule runs', () => {
  test('change what no person has set', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await importFile(client, user, checking, CSV.join('\n'))
    await record(user, { accountId: checking.id, amount: -1, payee: 'Typed', tags: ['mine'] })
    const ruleId = await makeRule(client, user, {
      actions: [
        { kind: 'setCategory', categoryId },
        { kind: 'setPayee', payee: 'Café' },
        { kind: 'addTags', tags: ['ruled'] },
      ],
    })

    const run = await runRule(client, user, ruleId)

    assert.containsSubset(run, {
      status: 'completed',
      progress: 1,
      counts: { total: 3, matched: 3, changed: 3, kept: 0 },
    })
    assert.deepEqual(await valuesOf(user), {
      'CAFE 12': [categoryId, 'Café', ['ruled']],
      'SHOP': [categoryId, 'Café', ['ruled']],
      'Typed': [categoryId, 'Typed', ['mine']],
    })
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
  })

  test('leave splits and transfers their categories', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 100, savings: 0 })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    const mall = await record(user, { accountId: checking.id, amount: -10, payee: 'Mall' })
    await split(user, mall, [
      [dining, -4],
      [gifts, -6],
    ])
    await transfer(user, checking, savings, 5)
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: dining.id }],
    })

    const { counts } = await runRule(client, user, ruleId)

    assert.deepEqual(counts, { total: 3, matched: 3, changed: 0, kept: 0 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('use the rule of the request', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, payee: 'Before' })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['then'] }] })
    const { id } = await requestRun(client, user, ruleId)

    await client
      .patch(`${PATH}/${ruleId}`)
      .loginAs(user)
      .json({ actions: [{ kind: 'addTags', tags: ['now'] }] })
    await client.delete(`${PATH}/${ruleId}`).loginAs(user)
    await record(user, { accountId: checking.id, amount: -1, payee: 'After' })
    await carryOut(user, id)

    assert.deepEqual(await valuesOf(user), {
      Before: [null, 'Before', ['then']],
      After: [null, 'After', []],
    })
    assert.containsSubset(await showRun(client, user, id), {
      ruleId: null,
      rule: { name: 'Rule', actions: [{ kind: 'addTags', tags: ['then'] }] },
      counts: { total: 1, changed: 1 },
    })
  })

  test('outlive the category they set', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await record(user, { accountId: checking.id, amount: -1, payee: 'Café' })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'setCategory', categoryId }] })
    const { id } = await requestRun(client, user, ruleId)

    await client.delete(`/api/v1/transactions/categories/${categoryId}`).loginAs(user)
    await carryOut(user, id)

    assert.containsSubset(await showRun(client, user, id), {
      status: 'completed',
      counts: { matched: 1, changed: 0 },
    })
  })

  test('are listed, newest first', async ({ client, assert }) => {
    const { user } = await household({})
    const actions = [{ kind: 'addTags' as const, tags: ['a'] }]
    const [one, two] = [
      await makeRule(client, user, { actions }),
      await makeRule(client, user, { actions }),
    ]
    const ids: string[] = []
    for (const ruleId of [one, two, one]) {
      const { id } = await runRule(client, user, ruleId)
      ids.push(id)
    }
    const listed = async (query: object) => {
      const response = await client.get(`${PATH}/runs`).qs(query).loginAs(user)
      return response.body().data.map((run: { id: string }) => run.id)
    }

    assert.deepEqual(await listed({}), ids.toReversed())
    assert.deepEqual(await listed({ ruleId: two }), [ids[1]])
    assert.deepEqual(await listed({ limit: 1 }), [ids[2]])
  })

  test('need accounts of their own user', async ({ client, assert }) => {
    const { user } = await household({})
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })

    const response = await client
      .post(`${PATH}/${ruleId}/runs`)
      .loginAs(user)
      .json({ accountId: randomUUIDv7() })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'accountId')
  })
})

test.group('Rule runs / reversal', () => {
  test('restores what was there before', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await importFile(client, user, checking, CSV.join('\n'))
    const before = await valuesOf(user)
    const ruleId = await makeRule(client, user, {
      actions: [
        { kind: 'setCategory', categoryId },
        { kind: 'setPayee', payee: 'Café' },
        { kind: 'addTags', tags: ['ruled'] },
      ],
    })
    const { id } = await runRule(client, user, ruleId)

    const reverted = await revertRun(client, user, id)

    assert.containsSubset(reverted, { status: 'reverted', counts: { changed: 2, kept: 0 } })
    assert.deepEqual(await valuesOf(user), before)
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
  })

  test('keeps what a person changed since', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    const payees = ['Edited', 'Confirmed', 'Deleted', 'Untouched']
    const ids: Record<string, string> = {}
    for (const payee of payees) {
      const { id } = await record(user, { accountId: checking.id, amount: -1, payee })
      ids[payee] = id
    }
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: dining.id }],
    })
    const { id } = await runRule(client, user, ruleId)
    const amend = (payee: string, categoryId: string) =>
      client.patch(`/api/v1/transactions/${ids[payee]}`).loginAs(user).json({ categoryId })
    await amend('Edited', gifts.id)
    await amend('Confirmed', dining.id)
    await client.delete(`/api/v1/transactions/${ids.Deleted}`).loginAs(user)

    const reverted = await revertRun(client, user, id)

    assert.deepEqual(reverted.counts, { total: 4, matched: 4, changed: 4, kept: 2 })
    assert.deepEqual(await valuesOf(user), {
      Edited: [gifts.id, 'Edited', []],
      Confirmed: [dining.id, 'Confirmed', []],
      Untouched: [null, 'Untouched', []],
    })
    const logged = await changesOf(client, user, id)
    assert.deepEqual(
      Object.fromEntries(logged.map(({ transactionId, kept }) => [transactionId, kept])),
      {
        [ids.Edited]: ['category'],
        [ids.Confirmed]: ['category'],
        [ids.Deleted]: [],
        [ids.Untouched]: [],
      }
    )
  })

  test('follows a category that moved', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, gifts, travel] = [
      await categoryOf(user, 'Dining'),
      await categoryOf(user, 'Gifts'),
      await categoryOf(user, 'Travel'),
    ]
    await importFile(client, user, checking, CSV.join('\n'))
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: dining.id }],
    })
    const { id } = await runRule(client, user, ruleId)
    const remove = (categoryId: string, query: object) =>
      client.delete(`/api/v1/transactions/categories/${categoryId}`).qs(query).loginAs(user)
    await remove(gifts.id, { moveTo: travel.id })
    await remove(dining.id, {})

    await revertRun(client, user, id)

    assert.deepEqual(await valuesOf(user), {
      'CAFE 12': [travel.id, 'CAFE 12', []],
      'SHOP': [null, 'SHOP', []],
    })
  })

  test('waits for the run', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })
    const { id } = await requestRun(client, user, ruleId)

    const response = await client.post(`${PATH}/runs/${id}/reversal`).loginAs(user)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Conflict')
  })

  test('happens once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, payee: 'Shop' })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })
    const { id } = await runRule(client, user, ruleId)
    await revertRun(client, user, id)
    await runRule(client, user, ruleId)

    const again = await revertRun(client, user, id)

    assert.equal(again.status, 'reverted')
    assert.deepEqual(await valuesOf(user), { Shop: [null, 'Shop', ['a']] })
  })
})
