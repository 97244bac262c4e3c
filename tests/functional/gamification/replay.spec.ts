import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import * as fc from 'fast-check'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { addDays } from '#gamification/domain/days'
import DeleteTransactions from '#transactions/actions/delete_transactions'
import RecordTransactions from '#transactions/actions/record_transactions'
import UndoImport from '#transactions/actions/undo_import'
import { output, run } from '#tests/support/commands'
import {
  badgesOf,
  balanceOf,
  evaluate,
  pointEntries,
  pointsByUnit,
  recordedDaysAgo,
  replayed,
  sayBalance,
  takeUp,
  today,
} from '#tests/support/habits'
import { household, record, unconditionally } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import GamificationReplay from '../../../commands/gamification_replay.js'
import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'

/** How the points of a day of recording follow, written once more. */
function expectedPoints(rows: Row[]): Record<string, number> {
  const days = Map.groupBy(
    rows.filter(
      ({ day, bookedOn }) => bookedOn <= today(day - 1) && bookedOn >= addDays(today(day), -7)
    ),
    ({ day }) => `rule:transaction-recorded:${today(day)}`
  )
  return Object.fromEntries([...days].map(([unit, all]) => [unit, Math.min(all.length * 2, 20)]))
}

interface Row {
  id: string
  /** How many days ago it was recorded. */
  day: number
  bookedOn: string
}

/** Somebody about whom much happens. */
class Life {
  readonly rows: Row[] = []
  readonly imports: string[] = []
  deleted: Row[] = []

  constructor(
    private client: ApiClient,
    readonly user: User,
    private accountId: string
  ) {}

  async record(count: number, day: number, late: number) {
    const bookings = Array.from({ length: count }, (_, n) => ({
      accountId: this.accountId,
      amount: -1 - n,
      bookedOn: today(day + late),
      payee: 'Corner shop',
    }))
    await this.#book(bookings, day)
  }

  async delete(from: number, count: number) {
    const gone = this.rows.splice(from % (this.rows.length + 1), count)
    const deletions = gone.map(({ id }) => ({ id }))
    await tenant.ledger(this.user.id, (trx) =>
      new DeleteTransactions().handle(
        { actor: this.user, deletions, precondition: unconditionally },
        trx
      )
    )
    this.deleted.push(...gone)
  }

  /** Records again what was deleted, as of the days on which it was. */
  async restore() {
    for (const [day, rows] of Map.groupBy(this.deleted, (row) => row.day)) {
      const bookings = rows.map(({ bookedOn }) => ({
        accountId: this.accountId,
        amount: -1,
        bookedOn,
        payee: 'Corner shop',
      }))
      await this.#book(bookings, day)
    }
    this.deleted = []
  }

  async import(n: number) {
    const file = `Date;Amount;Payee\n2020-01-${String(n + 10)};-${n + 1}.00;Bank ${n}\n`
    const { id } = await importFile(this.client, this.user, { id: this.accountId }, file)
    this.imports.push(id)
  }

  async revert() {
    const importId = this.imports.pop()
    if (importId) await new UndoImport().handle({ userId: this.user.id, importId })
  }

  async evaluate(times: number) {
    await Promise.all(Array.from({ length: times }, () => evaluate(this.user)))
  }

  async #book(bookings: Parameters<RecordTransactions['handle']>[0]['bookings'], day: number) {
    const { user } = this
    const recorded = await tenant.ledger(user.id, (trx) =>
      new RecordTransactions().handle({ actor: user, bookings }, trx)
    )
    const ids = recorded.map(({ id }) => id)
    await recordedDaysAgo(user, ids, day)
    this.rows.push(...recorded.map(({ id, bookedOn }) => ({ id, day, bookedOn })))
  }
}

async function life(client: ApiClient) {
  const { user, checking } = await household({ checking: 0 })
  return new Life(client, user, checking.id)
}

async function eventsOf(user: User): Promise<number> {
  return tenant.transaction(user.id, async (trx) => {
    const [{ n }] = await trx.from('audit_logs').count('* as n')
    return Number(n)
  })
}

type Step = (about: Life) => Promise<void>

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 25 }), fc.nat({ max: 20 }), fc.integer({ min: -1, max: 9 }))
      .map(
        ([count, day, late]): Step =>
          (about) =>
            about.record(count, day, late)
      ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 20 })).map(
      ([from, count]): Step =>
        (about) =>
          about.delete(from, count)
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((about) => about.restore()) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 15 }).map(
      (n): Step =>
        (about) =>
          about.import(n)
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((about) => about.revert()) },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 3 }).map(
      (n): Step =>
        (about) =>
          about.evaluate(n)
    ),
  }
)

test.group('Replay / whatever happened', () => {
  test('finds what was given along the way', async ({ client, assert }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const about = await life(client)
        for (const each of steps) await each(about)
        await about.evaluate(1)

        const points = await pointsByUnit(about.user)
        assert.containsSubset(points, expectedPoints(about.rows))
        assert.deepEqual(await replayed(about.user), [])
      }),
      { numRuns: 15 }
    )
  }).timeout(120_000)

  test('10,000 events: the same as from scratch, and half deleted and restored', async ({
    client,
    assert,
  }) => {
    const about = await life(client)
    await takeUp(client, about.user, 'ten-entries')
    for (let n = 0; (await eventsOf(about.user)) < 10_000; n++) {
      await about.record(250, n % 25, n % 8)
      if (n % 3 === 0) await about.delete(n * 7, 60)
      if (n % 5 === 0) await about.evaluate(1)
    }
    await about.evaluate(2)
    const [before, badges] = [await pointsByUnit(about.user), await badgesOf(about.user)]
    about.deleted = []
    await about.delete(0, Math.floor(about.rows.length / 2))
    await about.evaluate(1)
    const halved = await replayed(about.user)
    await about.restore()
    await about.evaluate(1)

    assert.deepEqual(await pointsByUnit(about.user), before)
    assert.deepEqual(await badgesOf(about.user), badges)
    assert.containsSubset(before, expectedPoints(about.rows))
    assert.include(badges, 'thousand-entries')
    assert.deepEqual([halved, await replayed(about.user)], [[], []])
    const sum = Object.values(before).reduce((total, points) => total + points, 0)
    assert.equal(await balanceOf(about.user), sum)
  }).timeout(180_000)
})

/** What was asked for because of the user is done. */
async function allDone({ id }: User) {
  await system.transaction((trx) =>
    trx.rawQuery(`UPDATE outbox SET finished_at = now() WHERE payload->>'userId' = ?`, [id])
  )
}

test.group('Replay / command', (group) => {
  group.each.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  test('finds nothing, and says so', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    const before = await pointEntries(user)

    const command = await run(GamificationReplay, [
      `--user=${user.id}`,
      '--check',
      '--from-scratch',
    ])

    assert.equal(command.exitCode ?? 0, 0)
    assert.include(output(command), 'no difference')
    assert.deepEqual(await pointEntries(user), before)
  })

  test('with --check, names what differs and leaves it', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await allDone(user)

    const command = await run(GamificationReplay, [`--user=${user.email}`, '--check'])

    assert.equal(command.exitCode, 1)
    assert.include(output(command), `rule transaction-recorded ${today()} lacks 2 points`)
    assert.include(output(command), 'badge first-entry is earned, not awarded')
    assert.deepEqual(await pointEntries(user), [])
  })

  test('puts right what differs', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })

    await run(GamificationReplay, [`--user=${user.id}`])

    assert.equal(await balanceOf(user), 12)
    assert.deepEqual(await replayed(user), [])
  })

  test('takes what waits for its evaluation for no error', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await new MarkForEvaluation().handle({ userId: user.id })

    const command = await run(GamificationReplay, [`--user=${user.id}`, '--check'])

    assert.equal(command.exitCode ?? 0, 0)
    assert.include(output(command), '1 of them not evaluated')
  })

  test('takes what is not published yet for no error', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })

    const command = await run(GamificationReplay, [`--user=${user.id}`, '--check'])

    assert.equal(command.exitCode ?? 0, 0)
    assert.include(output(command), '1 of them not evaluated')
  })

  test('names whoever waits for more than half an hour: {title}')
    .with([
      {
        title: 'a mark',
        sql: `UPDATE gamification_states SET marked_at = now() - interval '31 min'`,
      },
      {
        title: 'a day that is over',
        sql: `UPDATE gamification_states SET due_at = now() - interval '31 min'`,
      },
      {
        title: 'what is not published',
        sql: `UPDATE outbox SET created_at = now() - interval '31 min'
              WHERE payload->>'userId' = current_setting('finora.user_id')`,
      },
    ])
    .run(async ({ assert }, { sql }) => {
      const { user, checking } = await household({ checking: 0 })
      await evaluate(user)
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
      await tenant.transaction(user.id, (trx) => trx.rawQuery(sql))

      const command = await run(GamificationReplay, [`--user=${user.id}`, '--check'])

      assert.equal(command.exitCode, 1)
      assert.include(output(command), 'evaluation waits for more than 30 minutes')
      assert.include(output(command), 'badge first-entry is earned, not awarded')
    })

  test('names a ledger that does not add up, though its user waits', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)
    await sayBalance(user, 99)
    await new MarkForEvaluation().handle({ userId: user.id })

    const command = await run(GamificationReplay, [
      `--user=${user.id}`,
      '--check',
      '--from-scratch',
    ])

    assert.equal(command.exitCode, 1)
    assert.include(output(command), 'entry 2 says 99, its 2 entries add up to 12')
  })

  test('knows a badge that nobody has earned', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    await evaluate(user)
    await tenant.transaction(user.id, (trx) =>
      trx.rawQuery(
        `INSERT INTO user_badges (user_id, badge_id, version)
         SELECT ?, id, version FROM badges WHERE code = 'hundred-days'`,
        [user.id]
      )
    )

    const found = await replayed(user)

    assert.deepEqual(found, [{ subject: 'badge hundred-days', detail: 'is awarded, not earned' }])
  })

  test('refuses a user who is not there', async ({ assert }) => {
    const command = await run(GamificationReplay, ['--user=nobody@example.com'])

    assert.equal(command.exitCode, 1)
  })
})
