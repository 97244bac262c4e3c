import { test } from '@japa/runner'
import DeleteTransactions from '#transactions/actions/delete_transactions'
import CreateRule from '#transactions/actions/create_rule'
import RecordTransactions from '#transactions/actions/record_transactions'
import UndoImport from '#transactions/actions/undo_import'
import { tenant } from '#core/database/tenant'
import {
  balanceOf,
  evaluate,
  GAMIFICATION,
  pointEntries,
  pointsByUnit,
  pointsFor,
  recordedDaysAgo,
  replayed,
  today,
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
      { title: 'not for tomorrow', daysAgo: -1, points: undefined },
    ])
    .run(async ({ assert }, { daysAgo, points }) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today(daysAgo) })
      await evaluate(user)

      assert.equal(await pointsFor(user, RECORDED()), points)
    })

  test('on the day of where the user lives', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1, bookedOn: today(1) })
    await tenant.ledger(user.id, (trx) =>
      trx.rawQuery(`UPDATE transactions SET created_at = ?::timestamptz WHERE id = ?`, [
        `${today(1)}T23:30:00Z`,
        id,
      ])
    )
    await evaluate(user)
    const inLondon = await pointsByUnit(user)
    await client.patch('/api/v1/users/me').loginAs(user).json({ timezone: 'Asia/Tokyo' })
    await evaluate(user)

    const inTokyo = await pointsByUnit(user)

    assert.equal(inLondon[`rule:transaction-recorded:${today(1)}`], 2)
    assert.isUndefined(inTokyo[`rule:transaction-recorded:${today(1)}`])
    assert.equal(inTokyo[RECORDED()], 2)
  })

  test('once for both legs of a transfer', async ({ assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await transfer(user, checking, savings, 100, { bookedOn: today() })
    await evaluate(user)

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
    const proposals = await client
      .get('/api/v1/transactions/proposals')
      .qs({ importId })
      .loginAs(user)
    const [{ id }] = proposals.body().data
    await client.post(`/api/v1/transactions/proposals/${id}/acceptance`).loginAs(user)
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
