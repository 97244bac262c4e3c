import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import type { ApiClient, ApiResponse } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import AskForAllEvaluations from '#notifications/actions/ask_for_all_evaluations'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'
import EvaluateAlerts from '#notifications/actions/evaluate_alerts'
import { household, open, record, transfer } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { mailsDue, PATH, stretchesOf, tellAll } from '#tests/support/notifications'
import { resourceContract } from '#tests/support/resource_contract'
import { Postponed } from '#core/queue/postponed'
import Alert from '#notifications/models/alert'
import AlertEvaluation from '#notifications/models/alert_evaluation'
import type User from '#users/models/user'

const ALERTS = `${PATH}/alerts`
const TODAY = DateTime.utc().toISODate()

function daysAgo(days: number) {
  return DateTime.utc().minus({ days }).toISODate()
}

async function watch(client: ApiClient, user: User, alert: object) {
  const response = await client
    .post(ALERTS)
    .loginAs(user)
    .json({ currency: 'EUR', ...alert })
  response.assertStatus(201)
  return response.body()
}

/** What the user was told of alerts so far, the oldest first. */
async function alerted(client: ApiClient, user: User): Promise<Record<string, any>[]> {
  await tellAll(user)
  const response = await client.get(PATH).qs({ kind: 'alert.triggered' }).loginAs(user)
  return response.body().data.toReversed()
}

/** Hears of everything that happened to the user; nothing is looked at yet. */
async function askAll(user: User) {
  const ask = await app.container.make(AskForEvaluation)
  for (const stretch of await stretchesOf(user)) await ask.handle(stretch)
}

async function aDayLater(user: User) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE alert_triggers SET triggered_at = triggered_at - interval '1 day' WHERE user_id = ?`,
      [user.id]
    )
  )
}

async function evaluationsDue(user: User) {
  return system.transaction((trx) =>
    trx
      .from('outbox')
      .where('job', 'evaluate-alerts')
      .whereRaw(`payload->>'userId' = ?`, [user.id])
      .select('id')
  )
}

async function bodies(client: ApiClient, user: User) {
  const all = await alerted(client, user)
  return all.map(({ body }) => body)
}

resourceContract({
  name: 'Alerts',
  path: ALERTS,
  valid: async (user) => {
    const { id } = await open(user, 'Checking')
    return {
      kind: 'lowBalance',
      accountId: id,
      threshold: -100_00,
      currency: 'EUR',
      enabled: true,
    }
  },
  invalid: [
    { change: { kind: 'weather' }, field: 'kind' },
    { change: { kind: 'budget' }, field: 'kind' },
    { change: { kind: 'priceMove' }, field: 'kind' },
    { change: { threshold: 0.5 }, field: 'threshold' },
    { change: { currency: 'EURO' }, field: 'currency' },
    { change: { currency: 'USD' }, field: 'currency' },
    { change: { kind: 'largeTransaction' }, field: 'threshold' },
    { change: { accountId: '018f0000-0000-7000-8000-000000000000' }, field: 'accountId' },
    { change: { enabled: 'yes' }, field: 'enabled' },
  ],
  change: { threshold: 50_00, enabled: false },
})

test.group('Alerts', () => {
  test('on budgets come with budgets', async ({ client, assert }) => {
    const { user } = await household({})

    const response = await client
      .post(ALERTS)
      .loginAs(user)
      .json({ kind: 'budget', threshold: 80, currency: 'EUR' })

    response.assertStatus(422)
    assert.deepEqual(response.body().errors, [
      {
        field: 'kind',
        rule: 'notYet',
        message: 'Alerts on budgets come with budgets: there is nothing to watch yet',
      },
    ])
  })

  test('refuse another’s account', async ({ client }) => {
    const { user } = await household({})
    const { checking } = await household({ checking: 0 })

    const response = await client.post(ALERTS).loginAs(user).json({
      kind: 'lowBalance',
      accountId: checking.id,
      threshold: 1,
      currency: 'EUR',
    })

    response.assertStatus(422)
  })

  test('leave a trace of who made, changed and deleted them', async ({ client, assert }) => {
    const { user } = await household({})
    const { id } = await watch(client, user, { kind: 'lowBalance', threshold: 1 })
    await client.patch(`${ALERTS}/${id}`).loginAs(user).json({ threshold: 2 })
    await client.delete(`${ALERTS}/${id}`).loginAs(user)

    const entries = await tenant.transaction(user.id, (trx) =>
      trx.from('audit_logs').whereLike('action', 'alert.%').orderBy('position').select('action')
    )

    assert.deepEqual(
      entries.map(({ action }) => action),
      ['alert.created', 'alert.changed', 'alert.deleted']
    )
  })
})

test.group('Alerts / room', () => {
  test('is kept when two come at once', async ({ client }) => {
    const { user } = await household({})
    await system.transaction((trx) =>
      trx.rawQuery(
        `INSERT INTO alerts (user_id, id, kind, threshold_minor, currency)
         SELECT ?, gen_random_uuid(), 'lowBalance', n, 'EUR' FROM generate_series(1, 99) AS n`,
        [user.id]
      )
    )
    const alert = { kind: 'lowBalance', threshold: 1, currency: 'EUR' }

    let late: Promise<ApiResponse>
    await tenant.transaction(user.id, async (trx) => {
      await Alert.makeRoom(user.id, trx)
      await trx.insertQuery().table('alerts').insert({
        user_id: user.id,
        id: randomUUIDv7(),
        kind: 'lowBalance',
        threshold_minor: 1,
        currency: 'EUR',
      })
      late = Promise.resolve(client.post(ALERTS).loginAs(user).json(alert))
      await sleep(300)
    })

    const response = await late!
    response.assertStatus(409)
  })

  test('is not for archived accounts', async ({ client, assert }) => {
    const { user, old } = await household({ old: 0 })
    const shown = { kind: 'lowBalance', accountId: old.id, threshold: 1, currency: 'EUR' }
    const account = await client.get(`/api/v1/wallet/accounts/${old.id}`).loginAs(user)
    await client
      .patch(`/api/v1/wallet/accounts/${old.id}`)
      .loginAs(user)
      .header('if-match', account.header('etag')!)
      .json({ archived: true })

    const response = await client.post(ALERTS).loginAs(user).json(shown)

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'accountId')
  })
})

test.group('Alerts / low balance', () => {
  test('is told when it is low already', async ({ client, assert }) => {
    const { user } = await household({ checking: 50_00 })
    const { id } = await watch(client, user, { kind: 'lowBalance', threshold: 40_00 })
    const before = await alerted(client, user)
    await client.patch(`${ALERTS}/${id}`).loginAs(user).json({ threshold: 60_00 })

    const after = await alerted(client, user)

    assert.lengthOf(before, 0)
    assert.lengthOf(after, 1)
    const { user: other } = await household({ checking: 50_00 })
    await watch(client, other, { kind: 'lowBalance', threshold: 60_00 })
    assert.lengthOf(await evaluationsDue(other), 1)
    assert.lengthOf(await alerted(client, other), 1)
  })

  test('is looked for every day', async ({ client, assert }) => {
    const { user } = await household({ checking: 50_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 60_00 })
    await alerted(client, user)
    const before = await evaluationsDue(user)
    const askForAll = await app.container.make(AskForAllEvaluations)

    await askForAll.handle()

    const after = await evaluationsDue(user)
    assert.equal(after.length - before.length, 1)
  })

  test('is told when an account falls below', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00, savings: 10_000_00 })
    const { id } = await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -400_00 })
    const before = await alerted(client, user)

    await record(user, { accountId: checking.id, amount: -1 })

    const after = await alerted(client, user)
    assert.lengthOf(before, 0)
    assert.lengthOf(after, 1)
    assert.deepInclude(after[0], {
      title: 'An account is running low',
      body: 'checking holds €99.99, less than the €100.00 you set.',
      subject: { type: 'alert', id },
    })
    assert.deepInclude(after[0].data, { accountId: checking.id, amount: 99_99, currency: 'EUR' })
    const shown = await client.get(`${ALERTS}/${id}`).loginAs(user)
    assert.isString(shown.body().lastTriggeredAt)
  })

  test('is seen by who asks whether the alert has changed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    const { id } = await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    const ask = () => client.get(`${ALERTS}/${id}`).loginAs(user)
    const before = await ask()
    await record(user, { accountId: checking.id, amount: -450_00 })
    await alerted(client, user)

    const after = await ask().header('if-none-match', before.header('etag')!)

    after.assertStatus(200)
    assert.isString(after.body().lastTriggeredAt)
    const unchanged = await ask().header('if-none-match', after.header('etag')!)
    unchanged.assertStatus(304)
  })

  test('is told once, and again after it recovered', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    const counts = []

    for (const amount of [-450_00, -10_00, 200_00, -200_00]) {
      await record(user, { accountId: checking.id, amount })
      const all = await alerted(client, user)
      await aDayLater(user)
      counts.push(all.length)
    }

    assert.deepEqual(counts, [1, 1, 1, 2])
  })

  test('is told once a day at most', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    const { id } = await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    const counts = []

    for (const amount of [-450_00, 200_00, -200_00, 200_00, -200_00]) {
      await record(user, { accountId: checking.id, amount })
      const all = await alerted(client, user)
      counts.push(all.length)
    }
    await client.patch(`${ALERTS}/${id}`).loginAs(user).json({ threshold: 110_00 })
    await record(user, { accountId: checking.id, amount: -1_00 })
    const changed = await alerted(client, user)
    await aDayLater(user)
    await record(user, { accountId: checking.id, amount: -1_00 })

    assert.deepEqual(counts, [1, 1, 1, 1, 1])
    assert.lengthOf(changed, 1)
    assert.lengthOf(await alerted(client, user), 2)
  })

  test('of several accounts is told in one go', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 500_00, savings: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -450_00 })
    await record(user, { accountId: savings.id, amount: -460_00 })
    await askAll(user)
    const evaluate = await app.container.make(EvaluateAlerts)

    await evaluate.handle({ userId: user.id })

    const all = await alerted(client, user)
    assert.lengthOf(all, 1)
    assert.deepInclude(all[0], {
      title: '2 accounts are running low',
      body: 'savings holds €40.00, less than the €100.00 you set. Another account is low too.',
    })
  })

  test('is told again in the next month', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -450_00 })
    await alerted(client, user)
    await system.transaction((trx) =>
      trx.rawQuery(`UPDATE alert_triggers SET period = '2025-12' WHERE user_id = ?`, [user.id])
    )

    await record(user, { accountId: checking.id, amount: -1_00 })

    assert.lengthOf(await alerted(client, user), 2)
  })

  test('follows transfers, imports and deletions', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 500_00, savings: 0 })
    await watch(client, user, { kind: 'lowBalance', accountId: checking.id, threshold: 100_00 })

    await transfer(user, checking, savings, 450_00)
    const afterTransfer = await bodies(client, user)
    await transfer(user, savings, checking, 450_00)
    await alerted(client, user)
    await aDayLater(user)
    await importFile(client, user, checking, 'Date;Amount;Payee\n2026-01-15;-460;Shop\n')
    const afterImport = await bodies(client, user)
    const salary = await record(user, { accountId: checking.id, amount: 1_000_00 })
    await alerted(client, user)
    await aDayLater(user)
    await client.delete(`/api/v1/transactions/${salary.id}`).loginAs(user)
    const afterDeletion = await bodies(client, user)

    const [low, lower] = ['€50.00', '€40.00'].map(
      (amount) => `checking holds ${amount}, less than the €100.00 you set.`
    )
    assert.deepEqual(afterTransfer, [low])
    assert.deepEqual(afterImport, [low, lower])
    assert.deepEqual(afterDeletion, [low, lower, lower])
  })

  test('looks at accounts in its currency, and not at archived ones', async ({
    client,
    assert,
  }) => {
    const { user, euros } = await household({
      euros: 500_00,
      dollars: { opening: 0, currency: 'USD' },
      old: 0,
    })
    const accounts = await client.get('/api/v1/wallet/accounts').loginAs(user)
    const old = accounts.body().data.find(({ name }: { name: string }) => name === 'old')
    await client.patch(`/api/v1/wallet/accounts/${old.id}`).loginAs(user).json({ archived: true })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })

    await record(user, { accountId: euros.id, amount: -1_00 })

    assert.deepEqual(await bodies(client, user), [])
  })

  test('watches what is owed only if asked to', async ({ client, assert }) => {
    const { user, card } = await household({
      checking: 500_00,
      card: { type: 'credit', opening: -80_00 },
      loan: { type: 'loan', opening: -9_000_00 },
    })
    await watch(client, user, { kind: 'lowBalance', threshold: 1 })
    const unasked = await bodies(client, user)

    await watch(client, user, { kind: 'lowBalance', threshold: -50_00, accountId: card.id })

    const [asked, ...more] = await bodies(client, user)
    assert.deepEqual([unasked, more], [[], []])
    assert.include(asked, 'card')
  })

  test('is told once by jobs that run at once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -450_00 })
    await askAll(user)
    const evaluate = await app.container.make(EvaluateAlerts)

    await Promise.allSettled([user, user, user].map(({ id }) => evaluate.handle({ userId: id })))

    assert.lengthOf(await alerted(client, user), 1)
  })

  test('is not told while switched off', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00, enabled: false })

    await record(user, { accountId: checking.id, amount: -1_00 })

    assert.lengthOf(await alerted(client, user), 0)
  })
})

test.group('Alerts / evaluation', () => {
  test('is asked for once, however much happens', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    for (const amount of [-1_00, -2_00, -3_00, -200_00, -4_00]) {
      await record(user, { accountId: checking.id, amount, bookedOn: TODAY })
    }

    await askAll(user)

    assert.lengthOf(await evaluationsDue(user), 1)
    const evaluate = await app.container.make(EvaluateAlerts)
    await evaluate.handle({ userId: user.id })
    assert.lengthOf(await alerted(client, user), 1)
  })

  test('makes room for another of the same user', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -450_00 })
    await askAll(user)
    const evaluate = await app.container.make(EvaluateAlerts)

    await tenant.transaction(user.id, async (trx) => {
      await AlertEvaluation.isAlone(user.id, trx)
      await assert.rejects(() => evaluate.handle({ userId: user.id }), Postponed)
    })

    await evaluate.handle({ userId: user.id })
    assert.lengthOf(await alerted(client, user), 1)
  })

  test('is made again when something happens meanwhile', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await watch(client, user, { kind: 'lowBalance', threshold: 100_00 })
    await record(user, { accountId: checking.id, amount: -450_00 })
    await askAll(user)

    await tenant.transaction(user.id, async (trx) => {
      const evaluation = await AlertEvaluation.pending(user.id, trx)
      await askAll(user)
      assert.isFalse(await evaluation!.settle(trx))
    })

    assert.isNotNull(
      await tenant.transaction(user.id, (trx) => AlertEvaluation.pending(user.id, trx))
    )
  })
})

test.group('Alerts / large transaction', () => {
  test('is told once, earned or spent', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    const booked = { accountId: checking.id, bookedOn: TODAY }

    await record(user, { ...booked, amount: -99_99 })
    const large = await record(user, { ...booked, amount: -100_00, payee: 'Piano shop' })
    await record(user, { ...booked, amount: 2_500_00, payee: 'Employer' })
    await client
      .patch(`/api/v1/transactions/${large.id}`)
      .loginAs(user)
      .json({ description: 'Second hand' })

    const all = await alerted(client, user)
    assert.deepEqual(
      all.map(({ body }) => body),
      [
        '-€100.00 on checking, Piano shop: you asked to hear of €100.00 and more.',
        '€2,500.00 on checking, Employer: you asked to hear of €100.00 and more.',
      ]
    )
    assert.equal(all[0].data.transactionId, large.id)
  })

  test('is told when a change makes it large', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    const booked = { accountId: checking.id, bookedOn: TODAY, amount: -1_00 }
    const { id } = await record(user, booked)
    await alerted(client, user)

    await client.patch(`/api/v1/transactions/${id}`).loginAs(user).json({ amount: -100_00 })

    assert.lengthOf(await alerted(client, user), 1)
  })

  test('is no news after 31 days, nor as a transfer', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    const large = { accountId: checking.id, amount: -500_00 }

    await record(user, { ...large, bookedOn: daysAgo(32), payee: 'Old' })
    await record(user, { ...large, bookedOn: daysAgo(30), payee: 'New' })
    await transfer(user, checking, savings, 500_00, { bookedOn: TODAY })

    const all = await bodies(client, user)
    assert.lengthOf(all, 1)
    assert.match(all[0], /New/)
  })

  test('is found in an import', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    const rows = [`${TODAY};-1;Kiosk`, `${TODAY};-450;Landlord`, `${daysAgo(60)};-450;Landlord`]

    await importFile(client, user, checking, `Date;Amount;Payee\n${rows.join('\n')}\n`)

    const all = await bodies(client, user)
    assert.deepEqual(all, [
      '-€450.00 on checking, Landlord: you asked to hear of €100.00 and more.',
    ])
  })

  test('of an import is told with the largest', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await watch(client, user, { kind: 'largeTransaction', threshold: 100_00 })
    const rows = Array.from({ length: 60 }, (_, index) => `${TODAY};-${200 + index};Shop ${index}`)

    await importFile(client, user, checking, `Date;Amount;Payee\n${rows.join('\n')}\n`)

    const all = await alerted(client, user)
    assert.lengthOf(all, 1)
    assert.deepInclude(all[0], {
      title: '60 large transactions were booked',
      body: 'The largest: -€259.00 on checking, Shop 59: you asked to hear of €100.00 and more.',
    })
    assert.equal(all[0].data.more, 59)
  })

  test('is mailed once for all of a moment', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (const threshold of [50_00, 100_00]) {
      await watch(client, user, { kind: 'largeTransaction', threshold })
    }
    for (let amount = -200_00; amount > -220_00; amount -= 1_00) {
      await record(user, { accountId: checking.id, amount, bookedOn: TODAY })
    }
    await askAll(user)
    const evaluate = await app.container.make(EvaluateAlerts)

    await evaluate.handle({ userId: user.id })

    const all = await alerted(client, user)
    assert.lengthOf(all, 1)
    assert.equal(all[0].title, '20 large transactions were booked')
    assert.lengthOf(await mailsDue(user, 'mail-notification'), 1)
  })
})
