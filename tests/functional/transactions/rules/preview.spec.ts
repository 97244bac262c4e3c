import { test } from '@japa/runner'
import { categoryOf, household, record } from '#tests/support/household'
import { everythingOf } from '#tests/support/sweep/estate'
import { changesOf, makeRule, previewAll, runRule } from '#tests/support/rules'

const PATH = '/api/v1/transactions/rules'
const contains = (value: string) => ({ field: 'payee', operator: 'contains', value }) as const

test.group('Rules / preview', () => {
  test('shows before and after', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dining = await categoryOf(user, 'Dining')
    const { id } = await record(user, { accountId: checking.id, amount: -3_50, payee: 'Café' })
    await record(user, { accountId: checking.id, amount: -1, payee: 'Bakery' })
    const ruleId = await makeRule(client, user, {
      conditions: [contains('CAFÉ')],
      actions: [
        { kind: 'setCategory', categoryId: dining.id },
        { kind: 'addTags', tags: ['coffee'] },
      ],
    })

    const response = await client.post(`${PATH}/${ruleId}/preview`).loginAs(user).json({})

    response.assertStatus(200)
    assert.deepEqual(response.body(), {
      data: [
        {
          transactionId: id,
          accountId: checking.id,
          bookedOn: '2026-01-15',
          amount: -3_50,
          currency: 'EUR',
          before: { category: null, payee: 'Café', tags: [] },
          after: { category: { id: dining.id, name: 'Dining' }, payee: 'Café', tags: ['coffee'] },
        },
      ],
      meta: { nextCursor: null },
      counts: { lookedAt: 2, matched: 1, changed: 1, complete: true },
    })
  })

  test('changes nothing', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['seen'] }] })
    const before = await everythingOf(user, { but: ['sessions'] })

    await previewAll(client, user, ruleId)

    assert.equal(await everythingOf(user, { but: ['sessions'] }), before)
  })

  test('tries what is not saved', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, payee: 'Café' })
    const ruleId = await makeRule(client, user, {
      enabled: false,
      conditions: [contains('bakery')],
      actions: [{ kind: 'addTags', tags: ['saved'] }],
    })

    const { changes } = await previewAll(client, user, ruleId, {
      conditions: [contains('café')],
      actions: [{ kind: 'addTags', tags: ['tried'] }],
    })

    assert.containsSubset(changes, [{ after: { tags: ['tried'] } }])
  })

  test('comes in pages, newest first', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const days = ['2026-01-03', '2026-01-01', '2026-01-05', '2026-01-02', '2026-01-04']
    for (const bookedOn of days)
      await record(user, { accountId: checking.id, amount: -1, bookedOn })
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })

    const { changes, counts } = await previewAll(client, user, ruleId, {}, 2)

    const seen = changes.map((change) => (change as unknown as { bookedOn: string }).bookedOn)
    assert.deepEqual(seen, days.toSorted().reverse())
    assert.deepEqual(counts, { lookedAt: 5, matched: 5, changed: 5, complete: true })
  })

  test('looks only where it is asked to', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    for (const accountId of [checking.id, savings.id]) {
      await record(user, { accountId, amount: -1, bookedOn: '2026-01-01' })
      await record(user, { accountId, amount: -1, bookedOn: '2026-02-01' })
    }
    const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })
    const scope = { accountId: savings.id, from: '2026-01-15', to: '2026-02-15' }

    const { changes } = await previewAll(client, user, ruleId, scope)
    const { counts } = await runRule(client, user, ruleId, scope)

    assert.lengthOf(changes, 1)
    assert.deepEqual(counts, { total: 1, matched: 1, changed: 1, kept: 0 })
  })

  test('tells exactly what the run does', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const gifts = await categoryOf(user, 'Gifts')
    for (const payee of ['Café', 'Bakery', 'CAFE', 'Café Zürich']) {
      await record(user, { accountId: checking.id, amount: -1, payee, categoryId: gifts.id })
      await record(user, { accountId: checking.id, amount: -1, payee })
    }
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const ruleId = await makeRule(client, user, {
      conditions: [{ field: 'payee', operator: 'matches', value: '^caf(é|e)( |$)' }],
      actions: [
        { kind: 'setCategory', categoryId },
        { kind: 'addTags', tags: ['coffee'] },
      ],
    })

    const { changes, counts } = await previewAll(client, user, ruleId)
    const run = await runRule(client, user, ruleId)

    const told = changes.map(({ transactionId, before, after }) => ({
      transactionId,
      before,
      after,
      kept: [],
    }))
    assert.sameDeepMembers(await changesOf(client, user, run.id), told)
    assert.containsSubset(run.counts, { matched: 6, changed: 6 })
    assert.containsSubset(counts, { matched: 6, changed: 6 })
    const afterwards = await previewAll(client, user, ruleId)
    assert.deepEqual(afterwards.changes, [])
  })

  test('refuses {field}')
    .with([
      {
        field: 'conditions.0.value',
        body: { conditions: [{ field: 'payee', operator: 'matches', value: '[' }] },
      },
      {
        field: 'actions.0.categoryId',
        body: {
          actions: [{ kind: 'setCategory', categoryId: '01890000-0000-7000-8000-000000000000' }],
        },
      },
      { field: 'from', body: { from: 'yesterday' } },
      { field: 'name', body: { name: 'Other' } },
    ])
    .run(async ({ client, assert }, { field, body }) => {
      const { user } = await household({})
      const ruleId = await makeRule(client, user, { actions: [{ kind: 'addTags', tags: ['a'] }] })

      const response = await client.post(`${PATH}/${ruleId}/preview`).loginAs(user).json(body)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })
})
