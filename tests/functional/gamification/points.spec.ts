import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import DeleteTransactions from '#transactions/actions/delete_transactions'
import CreateRule from '#transactions/actions/create_rule'
import RecordTransactions from '#transactions/actions/record_transactions'
import UndoImport from '#transactions/actions/undo_import'
import { tenant } from '#core/database/tenant'
import { addDays } from '#gamification/domain/days'
import { localDay } from '#gamification/domain/local_day'
import {
  badgesOf,
  balanceOf,
  evaluate,
  GAMIFICATION,
  pointEntries,
  pointsByUnit,
  pointsFor,
  recordedDaysAgo,
  replayed,
  today,
  vanish,
} from '#tests/support/habits'
import { household, newcomer, record, transfer, unconditionally } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { reconcile } from '#tests/support/reconciliations'
import type User from '#users/models/user'

const POINTS = `${GAMIFICATION}/points`
const RECORDED = () => `rule:transaction-recorded:${today()}`

async function recordMany(user: User, accountId: string, count: number, bookedOn = today()) {
  const bookings = Array.from({ length: count }, (_, n) => ({
    accountId,
    amount: -1 - n,
    bookedOn,
    payee: 'Corner shop',
  }))
  return tenant.ledger(user.id, (trx) =>
    new RecordTransactions().handle({ actor: user, bookings }, trx)
  )
}

async function discard(user: User, ids: string[]) {
  const deletions = ids.map((id) => ({ id }))
  await tenant.ledger(user.id, (trx) =>
    new DeleteTransactions().handle({ actor: user, deletions, precondition: unconditionally }, trx)
  )
}

/** Moves to another time zone. */
async function liveIn(client: ApiClient, user: User, timezone: string) {
  const response = await client.patch('/api/v1/users/me').loginAs(user).json({ timezone })
  response.assertStatus(200)
}

/** Makes it look as if the user had moved to where they live so many days ago. */
async function livedThereFor(user: User, days: number) {
  await tenant.transaction(user.id, (trx) =>
    trx.rawQuery(`UPDATE former_timezones SET until = until - ? * interval '1 day'`, [days])
  )
}

/** Makes it look as if there had been one move, at this moment. */
async function movedAt(user: User, moment: Date) {
  await tenant.transaction(user.id, async (trx) => {
    await trx.from('former_timezones').where('timezone', 'UTC').delete()
    await trx.from('former_timezones').update({ until: moment })
  })
}

async function answerAll(
  client: ApiClient,
  user: User,
  importId: string,
  answer: 'acceptance' | 'refusal'
) {
  const proposals = await client
    .get('/api/v1/transactions/proposals')
    .qs({ importId })
    .loginAs(user)
  for (const { id } of proposals.body().data) {
    await client.post(`/api/v1/transactions/proposals/${id}/${answer}`).loginAs(user)
  }
}

test.group('Points / earned', () => {
  test('by recording a transaction', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)

    const response = await client.get(POINTS).loginAs(user)

    response.assertStatus(200)
    const { balance, level, streak, history } = response.body()
    assert.equal(balance, 12)
    assert.deepEqual(level, { number: 1, from: 0, next: 100 })
    assert.deepEqual(streak, { current: 1, longest: 1, freezes: 0, lastActiveOn: today() })
    assert.sameMembers(
      history.map(({ code, amount }: { code: string; amount: number }) => `${code} ${amount}`),
      ['first-entry 10', 'transaction-recorded 2']
    )
    assert.equal(history[0].balance, 12)
  })

  test('up to a cap a day', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const recorded = await recordMany(user, checking.id, 30, today(1))
    await evaluate(user)
    const before = await pointsByUnit(user)
    await recordedDaysAgo(
      user,
      recorded.slice(0, 15).map(({ id }) => id),
      1
    )
    await evaluate(user)

    const after = await pointsByUnit(user)

    assert.equal(before[RECORDED()], 20)
    assert.equal(after[RECORDED()], 20)
    assert.equal(after[`rule:transaction-recorded:${today(1)}`], 20)
  })

  test('{title}')
    .with([
      { title: 'a week after its day', daysAgo: 7, points: 2 },
      { title: 'not eight days after its day', daysAgo: 8, points: undefined },
      { title: 'for tomorrow, as it is today somewhere', daysAgo: -1, points: 2 },
      { title: 'not for the day after tomorrow', daysAgo: -2, points: undefined },
    ])
    .run(async ({ assert }, { daysAgo, points }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today(daysAgo) })
      await evaluate(user)

      assert.equal(await pointsFor(user, RECORDED()), points)
    })

  test('on the day it was where the user lived then', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await liveIn(client, user, 'Pacific/Kiritimati')
    const bookedOn = localDay(new Date(), 'Pacific/Kiritimati')
    await record(user, { accountId: checking.id, amount: -1, bookedOn })
    await evaluate(user)
    const before = await pointsByUnit(user)
    await liveIn(client, user, 'Pacific/Pago_Pago')
    await evaluate(user)

    const after = await pointsByUnit(user)

    assert.equal(before[`rule:transaction-recorded:${bookedOn}`], 2)
    assert.deepEqual(after, before)
  })

  test('on no other day, though a streak goes on elsewhere', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await liveIn(client, user, 'Pacific/Kiritimati')
    for (let daysAgo = 0; daysAgo < 7; daysAgo++) {
      const bookedOn = addDays(localDay(new Date(), 'Pacific/Kiritimati'), -daysAgo)
      const { id } = await record(user, { accountId: checking.id, amount: -1, bookedOn })
      await recordedDaysAgo(user, [id], daysAgo)
    }
    await livedThereFor(user, 30)
    await evaluate(user)
    const [before, badges] = [await pointsByUnit(user), await badgesOf(user)]
    await liveIn(client, user, 'Pacific/Pago_Pago')
    await evaluate(user)

    const points = await client.get(POINTS).loginAs(user)

    assert.include(badges, 'seven-days')
    assert.deepEqual([await pointsByUnit(user), await badgesOf(user)], [before, badges])
    assert.containsSubset(points.body().streak, { current: 7, longest: 7 })
  })

  test('though a day that was over is not yet where the user moved', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n2026-09-01,A,10.00\n2026-09-02,B,-1.00\n2026-09-03,C,-1.00\n'
    await importFile(client, user, checking, csv)
    const [there, here] = [new Date('2026-09-30T10:30Z'), new Date('2026-09-30T10:40Z')]
    await liveIn(client, user, 'Pacific/Kiritimati')
    await evaluate(user, there)
    const before = await badgesOf(user)
    await liveIn(client, user, 'Pacific/Pago_Pago')
    await movedAt(user, new Date('2026-09-30T10:35Z'))

    await evaluate(user, here)

    assert.include(before, 'saving-month')
    assert.deepEqual(await badgesOf(user), before)
    assert.deepEqual(await replayed(user, here), [])
  })

  test('once for both legs of a transfer', async ({ assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await transfer(user, checking, savings, 100, { bookedOn: today() })
    await evaluate(user)

    assert.equal(await pointsFor(user, RECORDED()), 2)
  })

  test('once for each transfer that is half entered, half imported', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    for (const [n, amount] of [100, 200, 300, 400].entries()) {
      await record(user, { accountId: checking.id, amount: -amount, bookedOn: today(n % 2) })
    }
    const lines = ['1.00', '2.00', '3.00', '4.00'].map((amount) => `${today(1)};${amount};Bank`)
    await importFile(client, user, savings, ['Date;Amount;Payee', ...lines].join('\n'))
    await evaluate(user)
    const before = await pointsFor(user, RECORDED())
    await tenant.ledger(user.id, (trx) =>
      trx.rawQuery(
        `UPDATE transactions t SET kind = 'transfer', transfer_id = pair.id, category_id = NULL
         FROM (SELECT DISTINCT abs(amount_minor) AS amount, gen_random_uuid() AS id
           FROM transactions WHERE amount_minor < 0) AS pair
         WHERE abs(t.amount_minor) = pair.amount`
      )
    )
    await evaluate(user)

    assert.deepEqual([before, await pointsFor(user, RECORDED())], [8, 8])
  })

  test('still, when the bank books it days later', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1_00, payee: 'Shop', bookedOn: today() })
    const file = `Date;Amount;Payee\n${today(-3)};-1.00;Shop\n`
    const { id: importId } = await importFile(client, user, checking, file)
    await answerAll(client, user, importId, 'acceptance')
    await evaluate(user)

    assert.equal(await pointsFor(user, `rule:proposal-decided:${today()}`), 1)
    assert.equal(await pointsFor(user, RECORDED()), 2)
  })

  test('once for an import, however many rows it has', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const rows = Array.from({ length: 40 }, (_, n) => `${today()};-${n + 1}.00;Shop ${n}`)
    await importFile(client, user, checking, ['Date;Amount;Payee', ...rows].join('\n'))
    await evaluate(user)

    const points = await pointsByUnit(user)

    assert.equal(points[`rule:import-reviewed:${today()}`], 5)
    assert.isUndefined(points[RECORDED()])
  })

  test('for an import only when its proposals are answered', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1_00, payee: 'Shop', bookedOn: today() })
    const file = `Date;Amount;Payee\n${today()};-1.00;Shop\n`
    const { id: importId } = await importFile(client, user, checking, file)
    await evaluate(user)
    const before = await pointsByUnit(user)
    await answerAll(client, user, importId, 'acceptance')
    await evaluate(user)

    const after = await pointsByUnit(user)

    assert.isUndefined(before[`rule:import-reviewed:${today()}`])
    assert.equal(after[`rule:import-reviewed:${today()}`], 5)
    assert.equal(after[`rule:proposal-decided:${today()}`], 1)
    assert.equal(after[RECORDED()], 2)
  })

  test('by reconciling, but not by reconciling nothing', async ({ client, assert }) => {
    const { user, checking, empty } = await household({ checking: 0, empty: 0 })
    await record(user, { accountId: checking.id, amount: -100, bookedOn: today() })
    await reconcile(client, user, checking, { statementDate: today(), balance: -100 })
    await reconcile(client, user, empty, { statementDate: today(), balance: 0 })
    await evaluate(user)

    assert.equal(await pointsFor(user, `rule:reconciliation-completed:${today()}`), 20)
  })

  test('not by the adjustment of a reconciliation', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const opened = await client
      .post('/api/v1/transactions/reconciliations')
      .loginAs(user)
      .json({ accountId: checking.id, statementDate: today(), statementBalance: 500 })
    await client
      .post(`/api/v1/transactions/reconciliations/${opened.body().id}/completion`)
      .loginAs(user)
      .json({ adjustment: true })
    await evaluate(user)

    assert.deepEqual(await pointsByUnit(user), {})
  })
})

test.group('Points / reversed', () => {
  test('when the transaction is deleted', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    await discard(user, [id])
    await evaluate(user)

    const entries = await pointEntries(user)

    assert.equal(entries.at(-1)!.balance, 0)
    assert.sameDeepMembers(
      entries.map(({ code, amount, cause }) => [code, amount, cause]),
      [
        ['transaction-recorded', 2, 'earned'],
        ['first-entry', 10, 'earned'],
        ['transaction-recorded', -2, 'cause-gone'],
        ['first-entry', -10, 'cause-gone'],
      ]
    )
  })

  test('when the import is taken back, and earned again with it', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = `Date;Amount;Payee\n${today()};-1.00;Shop\n`
    const { id } = await importFile(client, user, checking, file)
    await evaluate(user)
    const earned = await balanceOf(user)
    await new UndoImport().handle({ userId: user.id, importId: id })
    await evaluate(user)
    const reverted = await balanceOf(user)
    await importFile(client, user, checking, file)
    await evaluate(user)

    assert.deepEqual([earned, reverted, await balanceOf(user)], [25, 0, 25])
  })

  test('when the import is taken back whose proposals were refused', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1_00, payee: 'Shop', bookedOn: today() })
    const file = `Date;Amount;Payee\n${today()};-1.00;Shop\n`
    const { id: importId } = await importFile(client, user, checking, file)
    await answerAll(client, user, importId, 'refusal')
    await evaluate(user)
    const refused = await pointsFor(user, `rule:proposal-decided:${today()}`)
    await new UndoImport().handle({ userId: user.id, importId })
    await evaluate(user)

    assert.equal(refused, 1)
    assert.isUndefined(await pointsFor(user, `rule:proposal-decided:${today()}`))
  })

  test('and earned again: half of everything deleted and restored', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const recorded = await recordMany(user, checking.id, 12)
    await evaluate(user)
    const before = await pointsByUnit(user)
    const half = recorded.slice(6)
    await discard(
      user,
      half.map(({ id }) => id)
    )
    await evaluate(user)
    const meanwhile = await pointsByUnit(user)
    await recordMany(user, checking.id, half.length)
    await evaluate(user)

    const after = await pointsByUnit(user)

    assert.equal(meanwhile[RECORDED()], 12)
    assert.deepEqual(after, before)
    assert.deepEqual(await replayed(user), [])
  })

  test('when a rule no longer acts', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await new CreateRule().handle({
      actor: user,
      name: 'Shop',
      conditions: [{ field: 'payee', operator: 'contains', value: 'shop' }],
      actions: [{ kind: 'setPayee', payee: 'Shop' }],
    } as Parameters<CreateRule['handle']>[0])
    await evaluate(user)
    const before = await balanceOf(user)
    await client.patch(`/api/v1/transactions/rules/${id}`).loginAs(user).json({ enabled: false })
    await evaluate(user)

    assert.deepEqual([before, await balanceOf(user)], [3, 0])
  })
})

test.group('Points / ledger', () => {
  test('pages through the history', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const ids: string[] = []
    for (let n = 0; n < 3; n++) {
      const { id } = await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
      ids.push(id)
      await evaluate(user)
    }
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page = await client
        .get(POINTS)
        .qs(cursor === null ? { limit: 1 } : { limit: 1, cursor })
        .loginAs(user)
      seen.push(...page.body().history.map(({ balance }: { balance: number }) => balance))
      cursor = page.body().meta.nextCursor
    } while (cursor)

    const entries = await pointEntries(user)
    assert.deepEqual(seen, entries.map(({ balance }) => balance).reverse())
    assert.lengthOf(seen, 4)
  })

  test('takes no change and no deletion', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)

    for (const sql of [
      'UPDATE point_transactions SET amount = 99',
      'DELETE FROM point_transactions',
    ]) {
      await assert.rejects(
        () => tenant.transaction(user.id, (trx) => trx.rawQuery(sql)),
        /permission denied/
      )
    }
  })

  test('keeps its balance itself, whatever is claimed', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)

    await tenant.transaction(user.id, (trx) =>
      trx.rawQuery(
        `INSERT INTO point_transactions (user_id, position, id, source, code, amount, balance, cause, version)
         VALUES (?, 1, gen_random_uuid(), 'rule', 'gone', 5, 1000, 'earned', 1)`,
        [user.id]
      )
    )

    const entries = await pointEntries(user)
    const last = entries.at(-1)!
    assert.deepEqual([last.position, last.balance], [3, 17])
  })

  test('remembers the streak until something is written', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    const current = async () => {
      const response = await client.get(POINTS).loginAs(user)
      return response.body().streak.current
    }
    const first = await current()
    await vanish(user, id)
    const remembered = await current()
    const { id: another } = await record(user, {
      accountId: checking.id,
      amount: -1,
      bookedOn: today(),
    })
    const afterWriting = await current()
    await discard(user, [another])

    assert.deepEqual([first, remembered, afterWriting, await current()], [1, 1, 1, 0])
  })

  test('shows nobody the points of another', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    const stranger = await newcomer()

    const response = await client.get(POINTS).loginAs(stranger)

    assert.deepEqual([response.body().balance, response.body().history], [0, []])
    assert.equal(response.body().streak.current, 0)
  })

  test('asks for a sign-in: {path}')
    .with(['badges', 'challenges', 'points', 'leaderboard'].map((path) => ({ path })))
    .run(async ({ client }, { path }) => {
      const response = await client.get(`${GAMIFICATION}/${path}`)

      response.assertStatus(401)
    })
})
