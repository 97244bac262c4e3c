import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { activity } from '#core/activity/activity'
import { eventTypes } from '#core/activity/event_types'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import MarkDueForEvaluation from '#gamification/actions/mark_due_for_evaluation'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import EvaluateHabits from '#gamification/actions/evaluate_habits'
import { catalog } from '#tests/support/catalog'
import { eventually } from '#tests/support/eventually'
import {
  badgesOf,
  balanceOf,
  evaluate,
  pointEntries,
  pointsFor,
  replayed,
  today,
  told,
} from '#tests/support/habits'
import { household, newcomer, record } from '#tests/support/household'
import type User from '#users/models/user'

const mark = new MarkForEvaluation()

async function waiting(user: User) {
  return system.transaction(async (trx) => {
    const rows = await trx
      .from('outbox')
      .where('job', 'evaluate-habits')
      .whereRaw(`payload->>'userId' = ?`, [user.id])
    return rows.length
  })
}

async function change(user: User, columns: object) {
  await tenant.transaction(user.id, (trx) => trx.from('gamification_states').update(columns))
}

/** Holds up whoever wants to write to the audit log of a user; answers how to let go. */
async function holdAuditChain({ id }: User) {
  const [held, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = tenant.transaction(id, async (trx) => {
    await trx.rawQuery('SELECT FROM audit_chains FOR UPDATE')
    held.resolve()
    await released.promise
  })
  await held.promise
  return async () => {
    released.resolve()
    await holding
  }
}

/** Whether somebody waits: an evaluation, for the audit log. */
async function isHeldUp() {
  const [{ n }] = await catalog<{ n: number }>(
    `SELECT count(*) AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE NOT l.granted AND a.datname = current_database()`
  )
  return n > 0
}

/** Books a transaction without a word to the audit log, which is held. */
async function recordUnheard({ id: userId }: User, accountId: string) {
  await tenant.ledger(userId, (trx) =>
    trx.rawQuery(
      `INSERT INTO transactions (user_id, id, account_id, kind, amount_minor, currency, booked_on, payee)
       VALUES (?, gen_random_uuid(), ?, 'expense', -1, 'EUR', ?, 'Kiosk')`,
      [userId, accountId, today()]
    )
  )
}

async function isMarked(user: User) {
  return tenant.transaction(user.id, async (trx) => {
    const state = await trx.from('gamification_states').first()
    return state?.marked_at !== null && state !== null
  })
}

test.group('Evaluation / asked for', () => {
  test('once for a burst', async ({ assert }) => {
    const user = await newcomer()

    for (let n = 0; n < 50; n++) await mark.handle({ userId: user.id })

    assert.equal(await waiting(user), 1)
  })

  test('once for a burst that comes all at once', async ({ assert }) => {
    const user = await newcomer()

    await Promise.all(Array.from({ length: 20 }, () => mark.handle({ userId: user.id })))

    assert.equal(await waiting(user), 1)
  })

  test('anew for what happens after it began', async ({ assert }) => {
    const user = await newcomer()
    await mark.handle({ userId: user.id })
    await evaluate(user)

    await mark.handle({ userId: user.id })

    assert.equal(await waiting(user), 2)
  })

  test('anew for what happens after it has read', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    const release = await holdAuditChain(user)
    const evaluation = evaluate(user)
    let marking: Promise<void> | undefined
    try {
      await eventually(isHeldUp)
      await recordUnheard(user, checking.id)
      marking = mark.handle({ userId: user.id })
      await sleep(300)
    } finally {
      await release()
    }
    await Promise.all([evaluation, marking])

    assert.equal(await pointsFor(user, `rule:transaction-recorded:${today()}`), 2)
    assert.isTrue(await isMarked(user))
    assert.equal(await waiting(user), 1)
    await evaluate(user)
    assert.deepEqual(await replayed(user), [])
  })

  test('by whatever facts are made of, and by nothing that it does', ({ assert }) => {
    const subscribers = activity.subscribersOf(['transaction.created'])
    const brought = activity.subscribersOf([
      'badge.awarded',
      'badge.revoked',
      'challenge.completed',
    ])

    assert.isAbove(subscribers.length, brought.length)
    assert.lengthOf(activity.subscribersOf(['rule_run.failed']), subscribers.length)
    assert.includeMembers(eventTypes, ['badge.awarded', 'badge.revoked', 'challenge.completed'])
  })

  test('for nobody who is not there', async ({ assert }) => {
    const user = await newcomer()
    await tenant.ledger(user.id, (trx) => trx.from('users').where('id', user.id).delete())

    await mark.handle({ userId: user.id })
    await evaluate(user)

    assert.equal(await waiting(user), 0)
  })

  test('when {title}')
    .with([
      { title: 'a day is over where the user lives', columns: { due_at: new Date(0) } },
      { title: 'the rules are others', columns: { judged_by: 'of old' } },
      { title: 'a mark has lost its job', columns: { marked_at: new Date(0) } },
    ])
    .run(async ({ assert }, { columns }) => {
      const user = await newcomer()
      await evaluate(user)
      await new MarkDueForEvaluation(mark).handle()
      const before = await waiting(user)
      await change(user, columns)

      await new MarkDueForEvaluation(mark).handle()

      assert.deepEqual([before, await waiting(user)], [0, 1])
    })

  test('for those who were never judged', async ({ assert }) => {
    const user = await newcomer()

    await new MarkDueForEvaluation(mark).handle()

    assert.equal(await waiting(user), 1)
  })
})

test.group('Evaluation / once', () => {
  test('gives one award when two run at once', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await evaluate(user)
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })

    await Promise.all(Array.from({ length: 5 }, () => evaluate(user)))

    assert.equal(await balanceOf(user), 12)
    assert.lengthOf(await pointEntries(user), 2)
    assert.deepEqual(await told(user, 'badge.'), ['badge.awarded'])
  })

  test('gives nothing the second time', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await evaluate(user)

    await evaluate(user)

    assert.lengthOf(await pointEntries(user), 2)
    assert.deepEqual(await badgesOf(user), ['first-entry'])
  })

  test('leaves no half behind when it is cut off', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await mark.handle({ userId: user.id })
    const cutOff = new Error('the worker is gone')

    await assert.rejects(
      () =>
        tenant.transaction(user.id, async (trx) => {
          await trx.rawQuery(`UPDATE gamification_states SET marked_at = NULL`)
          await trx.rawQuery(
            `INSERT INTO point_transactions (user_id, position, id, source, code, amount, balance, cause, version)
             VALUES (?, 1, gen_random_uuid(), 'badge', 'first-entry', 10, 10, 'earned', 1)`,
            [user.id]
          )
          throw cutOff
        }),
      cutOff.message
    )
    const meanwhile = await balanceOf(user)
    await new EvaluateHabits().handle({ userId: user.id })

    assert.deepEqual([meanwhile, await balanceOf(user)], [0, 12])
  })
})
