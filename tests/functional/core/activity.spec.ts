import { test } from '@japa/runner'
import { activity, type Stretch } from '#core/activity/activity'
import { eventTypeOf, eventTypes } from '#core/activity/event_types'
import PublishActivity from '#core/activity/publish_activity'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { household, newcomer, record } from '#tests/support/household'

/** What waits in the outbox under this name for a user, the oldest first. */
async function waiting(job: string, userId: string) {
  const rows = await system.transaction((trx) =>
    trx
      .from('outbox')
      .where('job', job)
      .whereRaw(`payload->>'userId' = ?`, [userId])
      .orderBy('id')
      .select('payload')
  )
  return rows.map(({ payload }) => payload as Stretch)
}

async function lastPublished(userId: string) {
  const published = await waiting('publish-activity', userId)
  return published.at(-1)!
}

function eventsOf(stretch: Stretch) {
  return tenant.transaction(stretch.userId, (trx) => activity.read(stretch, trx))
}

test.group('Activity', () => {
  test('tells of a write, and of what it was done to', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -100 })

    const stretch = await lastPublished(user.id)
    const [event, ...others] = await eventsOf(stretch)

    assert.containsSubset(event, { type: 'transaction.created', subjectId: id })
    assert.instanceOf(event.occurredAt, Date)
    assert.lengthOf(others, 0)
  })

  test('tells of many writes at once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const before = await waiting('publish-activity', user.id)
    const create = { accountId: checking.id, amount: -1, bookedOn: '2026-01-20', payee: 'Kiosk' }

    const response = await client
      .post('/api/v1/transactions/bulk')
      .loginAs(user)
      .json({ operations: Array.from({ length: 3 }, () => ({ op: 'create', ...create })) })

    response.assertStatus(200)
    const told = await waiting('publish-activity', user.id)
    assert.lengthOf(told, before.length + 1)
    const events = await eventsOf(told.at(-1)!)
    assert.deepEqual(
      events.map(({ type }) => type),
      Array.from({ length: 3 }, () => 'transaction.created')
    )
  })

  test('reaches those who want to hear of it', async ({ assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -100 })
    const stretch = await lastPublished(user.id)
    const job = () => import('#tests/support/jobs/write_lines')
    cleanup(activity.subscribe({ to: ['import.failed'], job }))

    await new PublishActivity().handle(stretch)
    const unheard = await waiting('write-lines', user.id)
    cleanup(activity.subscribe({ to: ['transaction.created'], job }))
    await new PublishActivity().handle(stretch)
    const heard = await waiting('write-lines', user.id)

    assert.deepEqual([unheard, heard], [[], [stretch]])
  })

  test('shows nobody what happened to another', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -100 })
    const { first, last } = await lastPublished(user.id)
    const stranger = await newcomer()

    const seen = await tenant.transaction(stranger.id, (trx) =>
      activity.read({ userId: user.id, first, last }, trx)
    )

    assert.deepEqual(seen, [])
  })

  test('keeps to itself what has no public name', ({ assert }) => {
    assert.isUndefined(eventTypeOf('access.refused'))
    assert.isUndefined(eventTypeOf('constructor'))
    assert.equal(eventTypeOf('transaction.recorded'), 'transaction.created')
    assert.include(eventTypes, 'transaction.created')
  })
})
