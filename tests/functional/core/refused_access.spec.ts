import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { ChainVerification } from '#core/audit/chain_verification'
import { misses } from '#core/audit/misses'
import { RecordRefusedAccess } from '#core/audit/record_refused_access'
import { tenant } from '#core/database/tenant'
import { categoryOf, household, newcomer, record } from '#tests/support/household'
import { exportOf, rowsIn, unzip } from '#tests/support/exports'
import { upload } from '#tests/support/imports'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

interface Refusal {
  actor_id: string
  subject_type: string
  subject_id: string
  data: { method: string; route: string; times: number; lastRequestId: string }
}

/** What the audit log of a user says after everything was looked into. */
async function refusalsOf(user: User, action = 'access.refused'): Promise<Refusal[]> {
  await misses.settled()
  await new RecordRefusedAccess().handle()
  return tenant.transaction(user.id, (trx) =>
    trx.from('audit_logs').where('action', action).orderBy('position')
  )
}

/** How many ids of the user wait to be looked into, after more were asked for. */
async function waitingOf(user: User, more = 0) {
  await misses.settled()
  return tenant.transaction(user.id, async (trx) => {
    await trx.rawQuery(
      `INSERT INTO misses (user_id, id, method, route, request_id)
       SELECT ?, gen_random_uuid(), 'GET', '/', 'r' FROM generate_series(1, ?)`,
      [user.id, more]
    )
    const { rows } = await trx.rawQuery('SELECT count(*)::int AS waiting FROM misses')
    return rows[0].waiting as number
  })
}

async function parties() {
  const asker = await newcomer()
  const { user: owner, checking } = await household({ checking: 10 })
  const { id: categoryId } = await categoryOf(owner, 'Dining')
  const transaction = await record(owner, { accountId: checking.id, amount: -1, categoryId })
  return { asker, owner, checking, categoryId, transaction }
}

test.group('Refused access', () => {
  test('stands in the log of whoever asked', async ({ client, assert }) => {
    const { asker, owner, checking } = await parties()

    const response = await client
      .get(`/api/v1/wallet/accounts/${checking.id}`)
      .loginAs(asker)
      .header('x-request-id', 'request-of-a-stranger')

    response.assertStatus(404)
    const [refusal, ...more] = await refusalsOf(asker)
    assert.isEmpty(more)
    assert.containsSubset(refusal, {
      actor_id: asker.id,
      subject_type: 'Account',
      subject_id: checking.id,
      data: {
        method: 'GET',
        route: '/api/v1/wallet/accounts/:id',
        times: 1,
        lastRequestId: 'request-of-a-stranger',
      },
    })
    assert.notInclude(JSON.stringify(refusal), owner.id)
    assert.isEmpty(await refusalsOf(owner))
  })

  test('is found in {title}')
    .with([
      { title: 'a path, to change', ask: 'patch' as const },
      { title: 'a path, to delete', ask: 'delete' as const },
    ])
    .run(async ({ client, assert }, { ask }) => {
      const { asker, transaction } = await parties()

      await client[ask](`/api/v1/transactions/${transaction.id}`).loginAs(asker).json({})

      const refusals = await refusalsOf(asker)
      assert.deepEqual(
        refusals.map((refusal) => [refusal.subject_type, refusal.data.method]),
        [['Transaction', ask.toUpperCase()]]
      )
    })

  test('is found in a body, a form and a query', async ({ client, assert }) => {
    const { asker, checking, categoryId } = await parties()
    const { id: own } = await categoryOf(asker, 'Fuel')

    await client
      .post('/api/v1/transactions')
      .loginAs(asker)
      .json({ accountId: checking.id, amount: -1, bookedOn: '2026-01-15', payee: 'X' })
    await upload(client, asker, checking, 'Date;Amount;Payee\n2026-01-15;-1;Shop\n')
    await client
      .delete(`/api/v1/transactions/categories/${own}`)
      .qs({ moveTo: categoryId })
      .loginAs(asker)

    const refusals = await refusalsOf(asker)
    assert.sameDeepMembers(
      refusals.map((refusal) => [refusal.subject_type, refusal.data.route]),
      [
        ['Account', '/api/v1/transactions'],
        ['Account', '/api/v1/transactions/imports'],
        ['Category', '/api/v1/transactions/categories/:id'],
      ]
    )
  })

  test('is one entry, however often', async ({ client, assert }) => {
    const { asker, checking } = await parties()
    const ask = () => client.get(`/api/v1/wallet/accounts/${checking.id}`).loginAs(asker)

    await Promise.all([ask(), ask(), ask()])

    const refusals = await refusalsOf(asker)
    assert.deepEqual(
      refusals.map(({ data }) => data.times),
      [3]
    )
    assert.lengthOf(await refusalsOf(asker), 1)
  })

  test('is not what never was', async ({ client, assert }) => {
    const asker = await newcomer()

    const response = await client.get(`/api/v1/wallet/accounts/${randomUUIDv7()}`).loginAs(asker)

    response.assertStatus(404)
    assert.isEmpty(await refusalsOf(asker))
  })

  test('is not what was their own', async ({ client, assert }) => {
    const asker = await newcomer()
    const { id } = await categoryOf(asker, 'Fuel')
    const ask = () => client.delete(`/api/v1/transactions/categories/${id}`).loginAs(asker)

    const [first, again] = [await ask(), await ask()]

    assert.deepEqual([first.status(), again.status()], [204, 404])
    assert.isEmpty(await refusalsOf(asker))
  })

  test('is counted only beyond a thousand ids', async ({ client, assert }) => {
    const { asker, owner, checking, transaction } = await parties()
    const ask = (path: string, user: User) => client.get(`/api/v1/${path}`).loginAs(user)
    await waitingOf(asker, 1_000)

    await ask(`wallet/accounts/${checking.id}`, asker)
    await ask(`transactions/${transaction.id}`, asker)
    await ask(`transactions/${randomUUIDv7()}`, asker)
    await ask(`transactions/${randomUUIDv7()}`, owner)

    assert.deepEqual([await waitingOf(asker), await waitingOf(owner)], [1_002, 1])
    assert.isEmpty(await refusalsOf(asker))
    const untraced = await refusalsOf(asker, 'access.untraced')
    assert.sameDeepMembers(
      untraced.map(({ subject_id: id, data }) => [id, data.route, data.times]),
      [
        [null, '/api/v1/wallet/accounts/:id', 1],
        [null, '/api/v1/transactions/:id', 2],
      ]
    )
    assert.equal(await waitingOf(asker), 0)
  })

  test('leaves the chain whole', async ({ client, assert }) => {
    const { asker, checking } = await parties()
    await client.delete(`/api/v1/wallet/accounts/${checking.id}`).loginAs(asker)

    await refusalsOf(asker)

    const { broken } = await new ChainVerification().handle()
    assert.isEmpty(broken.filter(({ userId }) => userId === asker.id))
  })

  test('is told to nobody, whoever asks for their data', async ({ client, assert }) => {
    const { asker, checking } = await parties()
    await client.get(`/api/v1/wallet/accounts/${checking.id}`).loginAs(asker)
    assert.lengthOf(await refusalsOf(asker), 1)

    const contents = await unzip(await exportOf(asker))

    assert.isNotEmpty(rowsIn(contents, 'audit_log'))
    for (const content of Object.values(contents)) assert.isFalse(content.includes(checking.id))
  })

  test('is noted beside idempotency keys', async ({ client, assert }) => {
    const { asker, checking } = await parties()
    const ask = (key: number) =>
      client
        .post('/api/v1/transactions')
        .loginAs(asker)
        .header('idempotency-key', `key-${key}`)
        .json({ accountId: checking.id, amount: -1, bookedOn: '2026-01-15', payee: 'X' })

    const answers = await Promise.all(Array.from({ length: 30 }, (_, key) => ask(key)))

    assert.isTrue(answers.every((answer) => answer.status() === 422))
    const [refusal] = await refusalsOf(asker)
    assert.equal(refusal.data.times, 30)
  })

  test('needs a session that lives', async ({ client, assert }) => {
    const { asker, checking } = await parties()
    const { accessToken } = await signIn(client, asker)
    await client.post('/api/v1/auth/logout').bearerToken(accessToken)

    const response = await client
      .get('/api/v1/transactions')
      .qs({ accountId: checking.id, from: 'yesterday' })
      .bearerToken(accessToken)

    response.assertStatus(401)
    assert.equal(await waitingOf(asker), 0)
  })

  test('needs somebody who is signed in', async ({ client, assert }) => {
    const { checking, owner } = await parties()

    const response = await client.get(`/api/v1/wallet/accounts/${checking.id}`)

    response.assertStatus(401)
    assert.isEmpty(await refusalsOf(owner))
  })
})
