import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { balances, household, newcomer, record } from '#tests/support/household'
import { differencesOf } from '#tests/support/ledger'
import { complete, reconcile, RECONCILIATIONS } from '#tests/support/reconciliations'

const JANUARY = { statementDate: '2026-01-31', statementBalance: 60_00 }

/** 100.00 at first, 30.00 and 10.00 spent in January, 5.00 in February. */
async function january() {
  const { user, checking } = await household({ checking: 100_00 })
  const spend = (amount: number, bookedOn: string) =>
    record(user, { accountId: checking.id, amount, bookedOn })
  const [rent, food] = [await spend(-30_00, '2026-01-10'), await spend(-10_00, '2026-01-31')]
  const later = await spend(-5_00, '2026-02-01')
  return { user, checking, rent, food, later, accountId: checking.id }
}

test.group('Reconciliations / open', () => {
  test('clear all there is up to the day', async ({ client, assert }) => {
    const { user, accountId, food, later } = await january()

    const response = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY })

    const [cleared, waiting] = [
      await client.get(`/api/v1/transactions/${food.id}`).loginAs(user),
      await client.get(`/api/v1/transactions/${later.id}`).loginAs(user),
    ]
    response.assertStatus(201)
    assert.containsSubset(response.body(), {
      status: 'open',
      clearedBalance: 60_00,
      difference: 0,
      clearedCount: 2,
    })
    assert.containsSubset(cleared.body(), {
      reconciliationId: response.body().id,
      reconciled: false,
    })
    assert.isNull(waiting.body().reconciliationId)
  })

  test('take no statement of the future', async ({ client, assert }) => {
    const { user, accountId } = await january()
    const inDays = (count: number) =>
      new Date(Date.now() + count * 24 * 3_600_000).toISOString().slice(0, 10)
    const open = (statementDate: string) =>
      client
        .post(RECONCILIATIONS)
        .loginAs(user)
        .json({ accountId, statementDate, statementBalance: 0 })

    const refused = await open(inDays(2))
    const made = await open(inDays(1))
    const changed = await client
      .patch(`${RECONCILIATIONS}/${made.body().id}`)
      .loginAs(user)
      .json({ statementDate: inDays(2) })

    made.assertStatus(201)
    for (const response of [refused, changed]) {
      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'statementDate')
    }
  })

  test('clear what they are told to', async ({ client, assert }) => {
    const { user, accountId, rent, food } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY, transactionIds: [rent.id] })

    const changed = await client
      .patch(`${RECONCILIATIONS}/${made.body().id}`)
      .loginAs(user)
      .json({ transactionIds: [food.id] })

    assert.containsSubset(made.body(), { difference: -10_00, clearedCount: 1 })
    assert.containsSubset(changed.body(), { difference: -30_00, clearedCount: 1 })
  })

  test('follow what changes meanwhile', async ({ client, assert }) => {
    const { user, accountId, rent } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY })
    await client.patch(`/api/v1/transactions/${rent.id}`).loginAs(user).json({ amount: -31_00 })

    const shown = await client.get(`${RECONCILIATIONS}/${made.body().id}`).loginAs(user)

    assert.equal(shown.body().difference, 1_00)
    assert.notEqual(shown.header('etag'), made.header('etag'))
  })

  test('clear nothing that is {title}')
    .with([
      { title: "nobody's", of: 'nobodys' },
      { title: "another user's", of: 'theirs' },
      { title: 'of a later day', of: 'later' },
    ] as const)
    .run(async ({ client, assert }, { of }) => {
      const [{ user, accountId, later }, stranger] = [await january(), await january()]
      const ids = { nobodys: randomUUIDv7(), theirs: stranger.rent.id, later: later.id }

      const response = await client
        .post(RECONCILIATIONS)
        .loginAs(user)
        .json({ accountId, ...JANUARY, transactionIds: [ids[of]] })

      const listed = await client.get(RECONCILIATIONS).loginAs(user)
      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'transactionIds')
      assert.isEmpty(listed.body().data)
    })

  test('are one at a time', async ({ client, assert }) => {
    const { user, accountId } = await january()
    const post = () =>
      client
        .post(RECONCILIATIONS)
        .loginAs(user)
        .json({ accountId, ...JANUARY })

    const answers = await Promise.all([post(), post()])

    assert.sameMembers(
      answers.map((response) => response.status()),
      [201, 409]
    )
  })

  test('are listed by account', async ({ client, assert }) => {
    const { user, accountId } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY })

    const [its, others] = [
      await client.get(RECONCILIATIONS).qs({ accountId }).loginAs(user),
      await client.get(RECONCILIATIONS).qs({ accountId: randomUUIDv7() }).loginAs(user),
    ]

    assert.deepEqual(
      its.body().data.map(({ id }: { id: string }) => id),
      [made.body().id]
    )
    assert.isEmpty(others.body().data)
  })
})

test.group('Reconciliations / completion', () => {
  test('needs a difference of nothing', async ({ client, assert }) => {
    const { user, accountId } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY, statementBalance: 59_00 })

    const refused = await complete(client, user, made.body().id)

    refused.assertStatus(409)
    assert.include(refused.body().detail, '-100')
  })

  test('books a difference when asked', async ({ client, assert }) => {
    const { user, accountId } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY, statementBalance: 59_00 })

    const done = await complete(client, user, made.body().id, { adjustment: true })

    const booked = await client
      .get(`/api/v1/transactions/${done.body().adjustmentId}`)
      .loginAs(user)
    assert.containsSubset(done.body(), { status: 'completed', difference: 0, clearedCount: 3 })
    assert.containsSubset(booked.body(), {
      amount: -1_00,
      bookedOn: '2026-01-31',
      reconciled: true,
    })
    assert.deepEqual(await balances(user), { checking: 54_00 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('frees what is of a later day', async ({ client, assert }) => {
    const { user, accountId, food } = await january()
    const made = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, ...JANUARY })
    const one = `${RECONCILIATIONS}/${made.body().id}`
    await client
      .patch(one)
      .loginAs(user)
      .json({ statementDate: '2026-01-30', statementBalance: 70_00 })

    const done = await complete(client, user, made.body().id)

    const waiting = await client.get(`/api/v1/transactions/${food.id}`).loginAs(user)
    assert.containsSubset(done.body(), { status: 'completed', clearedCount: 1 })
    assert.containsSubset(waiting.body(), { reconciliationId: null, reconciled: false })
  })

  test('happens once', async ({ client, assert }) => {
    const { user, checking } = await january()
    const balance = JANUARY.statementBalance
    const id = await reconcile(client, user, checking, { ...JANUARY, balance })

    const answers = [
      await complete(client, user, id),
      await client.patch(`${RECONCILIATIONS}/${id}`).loginAs(user).json({ statementBalance: 1 }),
    ]

    assert.deepEqual(
      answers.map((response) => response.status()),
      [409, 409]
    )
  })

  test('lets statements follow each other', async ({ client, assert }) => {
    const { user, checking, accountId } = await january()
    await reconcile(client, user, checking, { statementDate: '2026-01-31', balance: 60_00 })

    const earlier = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, statementDate: '2026-01-30', statementBalance: 0 })
    const next = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId, statementDate: '2026-02-28', statementBalance: 55_00 })

    earlier.assertStatus(422)
    assert.equal(earlier.body().errors[0].field, 'statementDate')
    assert.containsSubset(next.body(), { difference: 0, clearedCount: 1 })
  })

  test("is nobody else's", async ({ client, assert }) => {
    const { user, checking } = await january()
    const id = await reconcile(client, user, checking, { ...JANUARY, balance: 60_00 })
    const stranger = await newcomer()

    const answers = [
      await complete(client, stranger, id),
      await client.delete(`${RECONCILIATIONS}/${id}/completion`).loginAs(stranger),
    ]

    assert.deepEqual(
      answers.map((response) => response.status()),
      [404, 404]
    )
  })
})
