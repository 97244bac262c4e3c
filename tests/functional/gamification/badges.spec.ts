import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { addDays, firstOfMonth } from '#gamification/domain/days'
import {
  badge,
  badgesOf,
  evaluate,
  GAMIFICATION,
  recordedDaysAgo,
  recordedInTime,
  today,
  told,
} from '#tests/support/habits'
import { categoryOf, household, newcomer, record, split } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { tellAll } from '#tests/support/notifications'
import { complete, RECONCILIATIONS } from '#tests/support/reconciliations'
import type User from '#users/models/user'

/** The first day of the month so many months ago. */
function monthsAgo(count: number) {
  let day = firstOfMonth(today())
  for (let n = 0; n < count; n++) day = firstOfMonth(addDays(day, -1))
  return day
}

async function saved(user: User, accountId: string, months: number[]) {
  const ids: string[] = []
  for (const count of months) {
    await record(user, { accountId, amount: 1_000, bookedOn: monthsAgo(count) })
    await record(user, { accountId, amount: -100, bookedOn: monthsAgo(count) })
    const { id } = await record(user, { accountId, amount: -300, bookedOn: monthsAgo(count) })
    ids.push(id)
  }
  await recordedInTime(user)
  return ids
}

/** Spends a cent on the first day of a month, and holds the account against a statement of it. */
async function reconciledMonth(client: ApiClient, user: User, accountId: string, count: number) {
  const statementDate = monthsAgo(count)
  await record(user, { accountId, amount: -1, bookedOn: statementDate })
  const opened = await client
    .post(RECONCILIATIONS)
    .loginAs(user)
    .json({ accountId, statementDate, statementBalance: 0 })
  const { id, difference } = opened.body()
  await client
    .patch(`${RECONCILIATIONS}/${id}`)
    .loginAs(user)
    .json({ statementBalance: -difference })
  const completed = await complete(client, user, id)
  completed.assertStatus(200)
}

test.group('Badges', () => {
  test('lists all there are to earn', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.get(`${GAMIFICATION}/badges`).loginAs(user)

    response.assertStatus(200)
    const codes = response.body().data.map(({ code }: { code: string }) => code)
    assert.includeMembers(codes, ['first-entry', 'saving-quarter', 'clear-desk', 'hundred-days'])
    assert.isAtLeast(codes.length, 20)
    const tiers = ['bronze', 'silver', 'gold']
    const places = response
      .body()
      .data.map(({ tier, points, code }: { tier: string; points: number; code: string }) =>
        [tiers.indexOf(tier), String(points).padStart(5, '0'), code].join(' ')
      )
    assert.deepEqual(places, places.toSorted())
  })

  test('shows how far one is', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (let n = 0; n < 3; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    }

    const { progress, earned, earnedAt } = await badge(client, user, 'hundred-entries')

    assert.deepEqual([progress, earned, earnedAt], [0.03, false, null])
  })

  test('follow every write, though they are remembered', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const seen: number[] = []
    for (let n = 0; n < 3; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
      const { progress } = await badge(client, user, 'hundred-entries')
      seen.push(progress)
    }

    assert.deepEqual(seen, [0.01, 0.02, 0.03])
  })

  test('are awarded, told and dated', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    const before = await badge(client, user, 'first-entry')
    await evaluate(user)

    const shown = await badge(client, user, 'first-entry')

    assert.containsSubset(before, { earned: false, progress: 1 })

    assert.containsSubset(shown, { earned: true, progress: 1, revokedAt: null })
    assert.isString(shown.earnedAt)
    assert.deepEqual(await told(user, 'badge.'), ['badge.awarded'])
  })

  test('go with their cause, and come back with it', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const first = await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    await client.delete(`/api/v1/transactions/${first.id}`).loginAs(user)
    await evaluate(user)
    const revoked = await badge(client, user, 'first-entry')
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)

    const again = await badge(client, user, 'first-entry')

    assert.isFalse(revoked.earned)
    assert.isString(revoked.revokedAt)
    assert.isTrue(again.earned)
    assert.isNull(again.revokedAt)
    assert.deepEqual(await told(user, 'badge.'), [
      'badge.awarded',
      'badge.revoked',
      'badge.awarded',
    ])
  })

  test('reward three months of savings in a row', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await saved(user, checking.id, [1, 2, 4])
    await evaluate(user)
    const apart = await badgesOf(user)
    const [spent] = await saved(user, checking.id, [3])
    await evaluate(user)
    const inARow = await badgesOf(user)
    await tenant.ledger(user.id, (trx) =>
      trx.rawQuery('UPDATE transactions SET amount_minor = -1000 WHERE id = ?', [spent])
    )
    await evaluate(user)

    assert.notInclude(apart, 'saving-quarter')
    assert.include(inARow, 'saving-quarter')
    assert.notInclude(await badgesOf(user), 'saving-quarter')
  })

  test('give nothing for months that are made up today', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    for (let count = 1; count <= 12; count++) {
      const bookedOn = monthsAgo(count)
      await record(user, { accountId: checking.id, amount: 1_000, bookedOn })
      const booking = { accountId: checking.id, amount: -1, bookedOn, categoryId }
      for (let n = 0; n < 10; n++) await record(user, booking)
    }
    await evaluate(user)
    const madeUp = await badgesOf(user)
    await recordedInTime(user)
    await evaluate(user)

    assert.deepEqual(madeUp, [])
    assert.includeMembers(await badgesOf(user), ['saving-year', 'sorted-year'])
  })

  test('give nothing for parts of what is made up today', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, fun] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Salary')]
    const income = { accountId: checking.id, amount: 300, bookedOn: monthsAgo(1) }
    const divided = await record(user, income)
    await split(user, divided, [
      [dining, 100],
      [fun, 200],
    ])
    await record(user, income)
    await record(user, income)
    await evaluate(user)
    const madeUp = await badgesOf(user)
    await recordedInTime(user)
    await evaluate(user)

    assert.deepEqual(madeUp, [])
    assert.include(await badgesOf(user), 'saving-month')
  })

  test('give nothing for savings of less than three transactions', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const booking = { accountId: checking.id, amount: 1, bookedOn: monthsAgo(1) }
    await record(user, booking)
    await record(user, booking)
    await recordedInTime(user)
    await evaluate(user)
    const two = await badgesOf(user)
    await record(user, booking)
    await recordedInTime(user)
    await evaluate(user)

    assert.notInclude(two, 'saving-month')
    assert.include(await badgesOf(user), 'saving-month')
  })

  test('give nothing for savings that an adjustment has made', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const statementDate = monthsAgo(1)
    for (let n = 0; n < 3; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: statementDate })
    }
    const opened = await client
      .post(RECONCILIATIONS)
      .loginAs(user)
      .json({ accountId: checking.id, statementDate, statementBalance: 500 })
    await complete(client, user, opened.body().id, { adjustment: true })
    await recordedInTime(user)
    await evaluate(user)

    assert.notInclude(await badgesOf(user), 'saving-month')
  })

  test('reward imported months, however late', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const lines = ['9.00', '-1.00', '-2.00'].map((amount) => `${monthsAgo(1)};${amount};Bank`)
    await importFile(client, user, checking, ['Date;Amount;Payee', ...lines].join('\n'))
    await evaluate(user)

    assert.include(await badgesOf(user), 'saving-month')
  })

  test('count a month once it is over', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await saved(user, checking.id, [0])
    await evaluate(user)
    const during = await badgesOf(user)
    await evaluate(user, new Date(Date.now() + 31 * 24 * 3_600_000))

    assert.notInclude(during, 'saving-month')
    assert.include(await badgesOf(user), 'saving-month')
  })

  test('count savings in the own currency only', async ({ assert }) => {
    const { user, dollars } = await household({ dollars: { currency: 'USD' } })
    await saved(user, dollars.id, [1])
    await evaluate(user)

    assert.notInclude(await badgesOf(user), 'saving-month')
  })

  test('reward a month that is sorted', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const bookedOn = monthsAgo(1)
    for (let n = 0; n < 9; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn, categoryId })
    }
    await record(user, { accountId: checking.id, amount: -1, bookedOn })
    await recordedInTime(user)
    await evaluate(user)
    const nine = await badgesOf(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn })
    await recordedInTime(user)
    await evaluate(user)

    assert.include(nine, 'sorted-month')
    assert.notInclude(await badgesOf(user), 'sorted-month')
  })

  test('reward one account reconciled in three months in a row', async ({ client, assert }) => {
    const { user, one, two, three } = await household({ one: 0, two: 0, three: 0 })
    for (const [index, { id }] of [three, two, one].entries()) {
      await reconciledMonth(client, user, id, 3 - index)
    }
    await evaluate(user)
    const apart = await badgesOf(user)
    await reconciledMonth(client, user, three.id, 2)
    await reconciledMonth(client, user, three.id, 1)
    await evaluate(user)

    assert.notInclude(apart, 'reconciled-quarter')
    assert.include(await badgesOf(user), 'reconciled-quarter')
  })

  test('reward a reconciled month once it is over', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (const count of [2, 1, 0]) await reconciledMonth(client, user, checking.id, count)
    await evaluate(user)
    const during = await badgesOf(user)
    await evaluate(user, new Date(Date.now() + 31 * 24 * 3_600_000))

    assert.notInclude(during, 'reconciled-quarter')
    assert.include(await badgesOf(user), 'reconciled-quarter')
  })

  test('reward seven days in a row', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (let daysAgo = 0; daysAgo < 7; daysAgo++) {
      const { id } = await record(user, {
        accountId: checking.id,
        amount: -1,
        bookedOn: today(daysAgo),
      })
      await recordedDaysAgo(user, [id], daysAgo)
    }
    await evaluate(user)

    const points = await client.get(`${GAMIFICATION}/points`).loginAs(user)

    assert.include(await badgesOf(user), 'seven-days')
    assert.containsSubset(points.body().streak, { current: 7, freezes: 1 })
  })

  test('come by habit: of one day, fifty entries count', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (let n = 0; n < 60; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    }

    const { progress } = await badge(client, user, 'hundred-entries')

    assert.equal(progress, 0.5)
  })

  test('are told of by their name', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    const catalogue = await client.get(`${GAMIFICATION}/badges`).loginAs(user)
    const { name } = catalogue
      .body()
      .data.find(({ code }: { code: string }) => code === 'first-entry')

    await tellAll(user)

    const response = await client
      .get('/api/v1/notifications')
      .qs({ kind: 'badge.awarded' })
      .loginAs(user)
    const all = response.body().data.map(({ body, data }: any) => ({ body, data }))
    assert.deepInclude(all, {
      body: `“${name}” is yours now.`,
      data: { code: 'first-entry', name },
    })
  })
})
