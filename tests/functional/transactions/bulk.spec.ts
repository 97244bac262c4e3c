import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import db from '@adonisjs/lucid/services/db'
import { tenant } from '#core/database/tenant'
import { ledgerOf } from '#tests/support/follower'
import { balances, categoryOf, household, record, split, transfer } from '#tests/support/household'
import { differencesOf } from '#tests/support/ledger'
import { everythingOf } from '#tests/support/sweep/estate'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions'
const BULK = `${PATH}/bulk`

const create = (accountId: string, details: object = {}) => ({
  op: 'create',
  accountId,
  amount: -1_00,
  bookedOn: '2026-01-01',
  payee: 'Shop',
  ...details,
})

function bulk(client: ApiClient, user: User, operations: unknown) {
  return client
    .post(BULK)
    .loginAs(user)
    .json({ operations } as object)
}

async function actionsOf(user: User) {
  const rows = await tenant.transaction(user.id, (trx) =>
    trx.from('audit_logs').where('action', 'like', 'transaction.%').orderBy('position')
  )
  return rows.map(({ action, subject_id: id, data }) => [action, id, data])
}

/** How many statements Lucid sends while something is done. */
async function statementsOf(work: () => Promise<unknown>) {
  let statements = 0
  const count = () => statements++
  const { client } = db.manager.get('app')!.connection!.client!
  client.on('query', count)
  await work()
  client.off('query', count)
  return statements
}

test.group('Bulk / operations', () => {
  test('take effect together', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dining = await categoryOf(user, 'Dining')
    const changed = await record(user, { accountId: checking.id, amount: -5 })
    const deleted = await record(user, { accountId: checking.id, amount: -7 })

    const response = await bulk(client, user, [
      create(checking.id, { amount: -1, categoryId: dining.id, tags: ['work'] }),
      { op: 'update', id: changed.id, amount: -50, payee: 'Another' },
      { op: 'delete', id: deleted.id },
      create(checking.id, { amount: 4 }),
    ])

    response.assertStatus(200)
    const { results } = response.body()
    const ledger = await ledgerOf(client, user)
    assert.deepEqual(
      results.map(({ index, op, status }: Record<string, unknown>) => [index, op, status]),
      [
        [0, 'create', 201],
        [1, 'update', 200],
        [2, 'delete', 204],
        [3, 'create', 201],
      ]
    )
    assert.deepEqual(results[2], { index: 2, op: 'delete', status: 204, id: deleted.id })
    for (const { transaction } of [results[0], results[1], results[3]]) {
      assert.deepEqual(transaction, ledger.get(transaction.id))
    }
    assert.containsSubset(results[0].transaction, {
      kind: 'expense',
      category: { id: dining.id, name: 'Dining' },
      tags: ['work'],
    })
    assert.deepEqual(await balances(user), { checking: -47 })
    assert.deepEqual(await differencesOf(user), [])
  })

  test('are what the single calls are', async ({ client, assert }) => {
    const [one, other] = [await household({ checking: 0 }), await household({ checking: 0 })]
    const booking = { amount: -3, externalId: 'B1', notes: 'two\nlines' }
    const single = ({ user, checking }: typeof one) => {
      const { op, ...body } = create(checking.id, booking)
      return client.post(PATH).loginAs(user).json(body)
    }
    const first = await single(one)
    await client.patch(`${PATH}/${first.body().id}`).loginAs(one.user).json({ amount: 9 })
    await client.delete(`${PATH}/${first.body().id}`).loginAs(one.user)

    const booked = await bulk(client, other.user, [create(other.checking.id, booking)])
    const { id } = booked.body().results[0].transaction
    await bulk(client, other.user, [{ op: 'update', id, amount: 9 }])
    await bulk(client, other.user, [{ op: 'delete', id }])

    const anonymous = (actions: unknown[][]) => actions.map(([action, , data]) => [action, data])
    assert.deepEqual(anonymous(await actionsOf(other.user)), anonymous(await actionsOf(one.user)))
    const { transaction } = booked.body().results[0]
    const { id: own, accountId, createdAt, updatedAt } = first.body()
    assert.deepEqual({ ...transaction, id: own, accountId, createdAt, updatedAt }, first.body())
  })

  test('leave the audit trail in order', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const response = await bulk(client, user, [create(checking.id), create(checking.id)])

    const ids = response
      .body()
      .results.map(({ transaction }: { transaction: { id: string } }) => transaction.id)
    assert.deepEqual(await actionsOf(user), [
      ['transaction.recorded', ids[0], {}],
      ['transaction.recorded', ids[1], {}],
    ])
  })

  test('happen once under one key', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const send = () =>
      bulk(client, user, [create(checking.id)]).header('idempotency-key', 'only-once')

    const [first, again] = [await send(), await send()]

    again.assertStatus(200)
    assert.equal(again.header('idempotency-replayed'), 'true')
    assert.deepEqual(again.body(), first.body())
    assert.deepEqual(await balances(user), { checking: -1_00 })
  })

  test('go by the tags they are given', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const booked = await bulk(client, user, [create(checking.id), create(checking.id)])
    const [one, two] = booked.body().results
    const known = { id: one.transaction.id, ifMatch: one.etag }

    const changed = await bulk(client, user, [{ op: 'update', ...known, payee: 'Another' }])
    const { etag } = changed.body().results[0]
    const outdated = await bulk(client, user, [
      { op: 'delete', id: two.transaction.id, ifMatch: two.etag },
      { op: 'update', ...known, payee: 'A third' },
    ])
    const single = await client
      .patch(`${PATH}/${one.transaction.id}`)
      .loginAs(user)
      .header('if-match', etag)
      .json({ payee: 'A fourth' })

    changed.assertStatus(200)
    outdated.assertStatus(412)
    assert.equal(outdated.body().errors[0].field, 'operations.1')
    single.assertStatus(200)
    assert.deepEqual(await balances(user), { checking: -2_00 })
  })

  test('book both legs one after another', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { from, to } = await transfer(user, checking, savings, 10_00)
    const { bookedOn } = from

    const response = await bulk(client, user, [
      { op: 'update', id: from.id, bookedOn: '2026-03-01' },
      { op: 'update', id: to.id, bookedOn },
    ])

    response.assertStatus(200)
    const ledger = await ledgerOf(client, user)
    assert.deepEqual(
      [from, to].map(({ id }) => ledger.get(id)!.bookedOn),
      [bookedOn, bookedOn]
    )
  })

  test('ask for matches before they change', async ({ client }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { from, to } = await transfer(user, checking, savings, 10_00)
    const shown = await client.get(`${PATH}/${to.id}`).loginAs(user)

    const response = await bulk(client, user, [
      { op: 'update', id: from.id, bookedOn: '2026-03-01' },
      { op: 'update', id: to.id, ifMatch: shown.header('etag'), payee: 'Piggy bank' },
    ])

    response.assertStatus(200)
  })

  test('take both legs of a transfer', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const [kept, gone] = [
      await transfer(user, checking, savings, 5),
      await transfer(user, checking, savings, 7),
    ]

    const response = await bulk(client, user, [
      { op: 'delete', id: gone.from.id },
      { op: 'delete', id: gone.to.id },
      { op: 'update', id: kept.from.id, bookedOn: '2026-03-01' },
    ])

    response.assertStatus(200)
    const ledger = await ledgerOf(client, user)
    assert.lengthOf([...ledger], 2)
    assert.isTrue([...ledger.values()].every(({ bookedOn }) => bookedOn === '2026-03-01'))
  })

  test("hand a bank's id on", async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1, externalId: 'B1' })

    const response = await bulk(client, user, [
      create(checking.id, { externalId: 'B1' }),
      { op: 'delete', id },
    ])

    response.assertStatus(200)
    assert.equal(response.body().results[0].transaction.externalId, 'B1')
  })

  test('take few statements, however many', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dining = await categoryOf(user, 'Dining')
    const many = Array.from({ length: 500 }, (_, n) =>
      create(checking.id, { categoryId: dining.id, externalId: `B${n}` })
    )
    let ids: string[] = []

    const booking = await statementsOf(async () => {
      const response = await bulk(client, user, many)
      response.assertStatus(200)
      const { results } = response.body()
      ids = results.map(({ transaction }: { transaction: { id: string } }) => transaction.id)
    })
    const changing = await statementsOf(() =>
      bulk(
        client,
        user,
        ids.map((id) => ({ op: 'update', id, accountId: checking.id, amount: -9 }))
      )
    )
    const deleting = await statementsOf(() =>
      bulk(
        client,
        user,
        ids.map((id) => ({ op: 'delete', id }))
      )
    )

    assert.isAtMost(booking, 18)
    assert.isAtMost(changing, 518)
    assert.isAtMost(deleting, 18)
    assert.deepEqual(await balances(user), { checking: 0 })
    assert.deepEqual(await differencesOf(user), [])
  })
})

test.group('Bulk / refusals', () => {
  test('change nothing: {title}')
    .with([
      { title: 'no amount', row: { amount: 0 }, status: 422, field: 'operations.1.amount' },
      { title: 'half a cent', row: { amount: 0.5 }, status: 422, field: 'operations.1.amount' },
      {
        title: 'an unknown field',
        row: { role: 'ADMIN' },
        status: 422,
        field: 'operations.1.role',
      },
      { title: 'no such op', row: { op: 'upsert' }, status: 422, field: 'operations.1' },
      {
        title: 'no such account',
        row: { accountId: randomUUIDv7() },
        status: 422,
        field: 'operations.1.accountId',
      },
      {
        title: 'no such category',
        row: { categoryId: randomUUIDv7() },
        status: 422,
        field: 'operations.1.categoryId',
      },
      {
        title: 'a known id of a bank',
        row: { externalId: 'B1' },
        status: 409,
        field: 'operations.1',
      },
      {
        title: 'the same id of a bank',
        row: { externalId: 'B2' },
        status: 409,
        field: 'operations.1',
      },
    ])
    .run(async ({ client, assert }, { row, status, field }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -1, externalId: 'B1' })
      const before = await everythingOf(user, { but: ['sessions', 'misses'] })

      const response = await bulk(client, user, [
        create(checking.id, { externalId: 'B2' }),
        create(checking.id, row),
      ])

      response.assertStatus(status)
      assert.equal(response.body().errors[0].field, field)
      assert.equal(await everythingOf(user, { but: ['sessions', 'misses'] }), before)
    })

  test('name what is not there', async ({ client, assert }) => {
    const [mine, theirs] = [await household({ checking: 0 }), await household({ checking: 0 })]
    const { id } = await record(theirs.user, { accountId: theirs.checking.id, amount: -1 })
    const ask = (operation: object) =>
      bulk(client, mine.user, [create(mine.checking.id), operation])

    const responses = [
      await ask({ op: 'delete', id }),
      await ask({ op: 'delete', id: randomUUIDv7() }),
      await ask({ op: 'update', id, payee: 'Mine' }),
      await ask({ op: 'update', id: randomUUIDv7(), payee: 'Mine' }),
    ]

    for (const response of responses) {
      response.assertStatus(404)
      assert.equal(response.body().errors[0].field, 'operations.1')
    }
    assert.deepEqual(await balances(mine.user), { checking: 0 })
    assert.deepEqual(await balances(theirs.user), { checking: -1 })
  })

  test('name what may not change', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { from } = await transfer(user, checking, savings, 5)
    const mall = await record(user, { accountId: checking.id, amount: -10 })
    await split(user, mall, [[await categoryOf(user, 'Dining'), -10]])

    const leg = await bulk(client, user, [{ op: 'update', id: from.id, amount: 3 }])
    const divided = await bulk(client, user, [{ op: 'update', id: mall.id, amount: 3 }])

    for (const response of [leg, divided]) {
      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'operations.0.amount')
    }
  })

  test('name what is named twice', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1 })

    const response = await bulk(client, user, [
      { op: 'update', id, payee: 'Another' },
      { op: 'delete', id },
    ])

    response.assertStatus(422)
    assert.deepInclude(response.body().errors[0], { field: 'operations.1.id', rule: 'distinct' })
  })

  test('are for {title}')
    .with([
      { title: 'nothing', operations: [] },
      { title: 'too many', operations: Array.from({ length: 501 }, () => create(randomUUIDv7())) },
      { title: 'no list', operations: 'all' },
    ])
    .run(async ({ client, assert }, { operations }) => {
      const { user } = await household({})

      const response = await bulk(client, user, operations)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'operations')
    })

  test('are for a body too large', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    const long = create(checking.id, { notes: 'n'.repeat(4_900) })

    const taken = await bulk(
      client,
      user,
      Array.from({ length: 100 }, () => long)
    )
    const refused = await bulk(
      client,
      user,
      Array.from({ length: 450 }, () => long)
    )

    taken.assertStatus(200)
    refused.assertStatus(413)
  })

  test('ask for a sign-in', async ({ client }) => {
    const response = await client.post(BULK).json({ operations: [] })

    response.assertStatus(401)
  })
})
