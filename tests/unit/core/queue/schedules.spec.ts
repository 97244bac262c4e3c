import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { JobRegistry } from '#core/queue/job_registry'
import { Schedules } from '#core/queue/schedules'
import type { Schedule } from '#core/queue/schedules'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'

test.group('Schedules', (group) => {
  const queues = QueueFixture.setup(group)
  const everySecond = (): Schedule => ({
    id: 'tick',
    cron: '* * * * * *',
    job: 'write-lines',
    payload: { file: queues().file, name: 'tick' },
  })
  const sync = (table: Schedule[]) =>
    new Schedules(queues().manager, new JobRegistry(queues().config.jobs), table).sync()
  const inRedis = async () => {
    const queue = await queues().manager.open('notifications')
    const schedulers = await queue.getJobSchedulers()
    return schedulers.map(({ key, pattern, tz }) => ({ key, pattern, tz }))
  }

  const hasOne = async () => {
    const schedules = await inRedis()
    return schedules.length === 1
  }

  test('follow the table', async ({ assert }) => {
    await sync([everySecond(), { ...everySecond(), id: 'gone' }])

    await sync([{ ...everySecond(), cron: '0 3 * * *', timeZone: 'Europe/Berlin' }])

    assert.deepEqual(await inRedis(), [{ key: 'tick', pattern: '0 3 * * *', tz: 'Europe/Berlin' }])
  })

  test('follow a changed payload', async ({ assert }) => {
    const nightly = { ...everySecond(), cron: '0 3 * * *', payload: { file: 'a', name: 'old' } }
    await sync([nightly])

    await sync([{ ...nightly, payload: { file: 'a', name: 'new' } }])

    const queue = await queues().manager.open('notifications')
    const [scheduler] = await queue.getJobSchedulers()
    assert.deepEqual(scheduler.template?.data, { file: 'a', name: 'new' })
    const [next] = await queue.getDelayed()
    assert.deepEqual(next.data, { file: 'a', name: 'new' })
  })

  test('are left alone when nothing changed', async ({ assert }) => {
    const nightly = { ...everySecond(), cron: '0 3 * * *', payload: { name: 'a', file: 'b' } }
    await sync([nightly])
    const queue = await queues().manager.open('notifications')
    const [before] = await queue.getDelayed()
    await before.updateData({ ...before.data, untouched: true })

    await sync([{ ...nightly, payload: { file: 'b', name: 'a' } }])

    const [after] = await queue.getDelayed()
    assert.isTrue(after.data.untouched)
  })

  test('refuse jobs nobody registered', async ({ assert }) => {
    await assert.rejects(() => sync([{ ...everySecond(), job: 'nobody' }]), /no job is called/)
  })

  test('fire once however many workers', async ({ assert }) => {
    queues().startWorker([everySecond()])
    queues().startWorker([everySecond()])
    await eventually(() => queues().hasStarted('tick'))
    const before = await queues().linesOf('tick', 'started')

    await sleep(4_000)

    const fired = (await queues().linesOf('tick', 'started')) - before
    assert.includeMembers([3, 4, 5], [fired])
  })

  test('come back after Redis was wiped', async ({ assert }) => {
    queues().startWorker([everySecond()])
    await eventually(hasOne)
    const queue = await queues().manager.open('notifications')
    await queue.obliterate({ force: true })

    await eventually(hasOne)

    assert.lengthOf(await inRedis(), 1)
  })
})
