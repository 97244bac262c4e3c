import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { household, record, transfer } from '#tests/support/household'
import type User from '#users/models/user'

async function ask(client: ApiClient, path: string, user: User, query: object = {}) {
  const response = await client.get(`/api/v1/wallet/${path}`).qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

async function bookedHousehold() {
  const made = await household({ checking: 1_000, savings: 0 })
  const { user, checking, savings } = made
  await record(user, { accountId: checking.id, amount: 300, bookedOn: '2026-01-31' })
  await record(user, { accountId: checking.id, amount: -100, bookedOn: '2026-02-01' })
  await record(user, { accountId: checking.id, amount: -50, bookedOn: '2026-04-15' })
  await transfer(user, checking, savings, 400, { bookedOn: '2026-03-10' })
  return made
}

test.group('Cashflow', () => {
  test('shows months without bookings', async ({ client, assert }) => {
    const { user } = await bookedHousehold()

    const { series, interval } = await ask(client, 'cashflow', user)

    assert.equal(interval, 'month')
    assert.deepEqual(series, [
      { period: '2026-01', income: 300, expenses: 0, net: 300 },
      { period: '2026-02', income: 0, expenses: 100, net: -100 },
      { period: '2026-03', income: 0, expenses: 0, net: 0 },
      { period: '2026-04', income: 0, expenses: 50, net: -50 },
    ])
  })

  test('shows days as asked', async ({ client, assert }) => {
    const { user } = await bookedHousehold()

    const { series } = await ask(client, 'cashflow', user, {
      from: '2026-01-30',
      to: '2026-02-02',
      interval: 'day',
    })

    assert.deepEqual(
      series.map(({ period, net }: Record<string, unknown>) => [period, net]),
      [
        ['2026-01-30', 0],
        ['2026-01-31', 300],
        ['2026-02-01', -100],
        ['2026-02-02', 0],
      ]
    )
  })

  test('begins weeks on Monday', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const days = { '2025-12-28': 1, '2025-12-29': 10, '2026-01-04': 100, '2026-01-05': 1_000 }
    for (const [bookedOn, amount] of Object.entries(days)) {
      await record(user, { accountId: checking.id, amount, bookedOn })
    }

    const { series } = await ask(client, 'cashflow', user, { interval: 'week' })

    assert.deepEqual(
      series.map(({ period, income }: Record<string, unknown>) => [period, income]),
      [
        ['2025-12-22', 1],
        ['2025-12-29', 110],
        ['2026-01-05', 1_000],
      ]
    )
  })

  test('counts only the days of the period', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (const bookedOn of ['2026-01-01', '2026-01-15', '2026-02-15', '2026-02-16']) {
      await record(user, { accountId: checking.id, amount: 1, bookedOn })
    }
    const query = { from: '2026-01-02', to: '2026-02-15' }

    for (const interval of ['month', 'week', 'day']) {
      const { series } = await ask(client, 'cashflow', user, { ...query, interval })

      assert.equal(
        series.reduce((sum: number, { income }: { income: number }) => sum + income, 0),
        2,
        interval
      )
    }
  })

  test('reports what it cannot convert', async ({ client, assert }) => {
    const { user, dollars } = await household({ dollars: { currency: 'USD' } })
    await record(user, { accountId: dollars.id, amount: -30 })

    const { series, unconverted } = await ask(client, 'cashflow', user)

    assert.deepEqual(series, [{ period: '2026-01', income: 0, expenses: 0, net: 0 }])
    assert.deepEqual(unconverted, [{ currency: 'USD', amount: -30 }])
  })
})

test.group('Net worth', () => {
  test('adds what was there before', async ({ client, assert }) => {
    const { user } = await bookedHousehold()

    const { series } = await ask(client, 'networth', user)

    assert.deepEqual(
      series.map(({ date, netWorth }: Record<string, unknown>) => [date, netWorth]),
      [
        ['2026-01-31', 1_300],
        ['2026-02-28', 1_200],
        ['2026-03-31', 1_200],
        ['2026-04-30', 1_150],
      ]
    )
  })

  test('tells debts from possessions', async ({ client, assert }) => {
    const { user, card } = await household({
      checking: 1_000,
      card: { type: 'credit' },
      mortgage: { type: 'loan', opening: -5_000 },
    })
    await record(user, { accountId: card.id, amount: -200 })

    const { series } = await ask(client, 'networth', user)

    assert.deepEqual(series, [
      { date: '2026-01-31', assets: 1_000, liabilities: 5_200, netWorth: -4_200 },
    ])
  })

  test('ends where the period ends', async ({ client, assert }) => {
    const { user } = await bookedHousehold()

    const { series } = await ask(client, 'networth', user, {
      from: '2026-02-01',
      to: '2026-04-14',
    })

    assert.deepEqual(
      series.map(({ date, netWorth }: Record<string, unknown>) => [date, netWorth]),
      [
        ['2026-02-28', 1_200],
        ['2026-03-31', 1_200],
        ['2026-04-14', 1_200],
      ]
    )
  })

  test('agrees at every interval', async ({ client, assert }) => {
    const { user } = await bookedHousehold()
    const last = async (interval: string) => {
      const { series } = await ask(client, 'networth', user, { interval, to: '2026-04-15' })
      return series.at(-1)
    }

    const [day, week, month] = [await last('day'), await last('week'), await last('month')]

    assert.deepEqual(day, { date: '2026-04-15', assets: 1_150, liabilities: 0, netWorth: 1_150 })
    assert.deepEqual(week, day)
    assert.deepEqual(month, day)
  })
})

test.group('Series / length', () => {
  test('is bounded: {path} {title}')
    .with([
      { path: 'cashflow', title: 'both ends', query: { from: '1900-01-01', to: '2200-12-31' } },
      { path: 'networth', title: 'both ends', query: { from: '1900-01-01', to: '2200-12-31' } },
      { path: 'cashflow', title: 'from long ago', query: { from: '1900-01-01' } },
      { path: 'networth', title: 'from long ago', query: { from: '1900-01-01' } },
      { path: 'cashflow', title: 'to far ahead', query: { to: '2200-12-31' } },
      { path: 'networth', title: 'to far ahead', query: { to: '2200-12-31' } },
    ])
    .run(async ({ client, assert }, { path, query }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: 1 })

      const response = await client
        .get(`/api/v1/wallet/${path}`)
        .qs({ ...query, interval: 'day' })
        .loginAs(user)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'interval')
    })
})
