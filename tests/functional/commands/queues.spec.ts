import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import type { BaseCommand } from '@adonisjs/core/ace'
import { QueueInspector } from '#core/queue/inspector'
import { QueueManager } from '#core/queue/queue_manager'
import { queueNames } from '#core/queue/queues'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { output, run } from '#tests/support/commands'
import { eventually } from '#tests/support/eventually'
import { QueueFixture } from '#tests/support/queues'
import { freePort } from '#tests/support/worker_process'
import QueueDrain from '../../../commands/queue_drain.js'
import QueuePause from '../../../commands/queue_pause.js'
import QueueResume from '../../../commands/queue_resume.js'
import QueueRetry from '../../../commands/queue_retry.js'
import QueueStatusCommand from '../../../commands/queue_status.js'

/** What a command answered: its exit code and everything it said. */
async function ask(command: typeof BaseCommand, ...argv: string[]) {
  const ended = await run(command, argv)
  return { code: ended.exitCode ?? 0, said: output(ended) }
}

test.group('Commands / queues', (group) => {
  const queues = QueueFixture.setup(group)
  const inspector = () => new QueueInspector(queues().manager)

  group.each.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  async function deadLetter(job = 'never-heard-of') {
    const id = await queues().row({ job, secondsOld: 5 })
    const worker = queues().startWorker()
    await eventually(() => queues().isFailed(id))
    await eventually(async () => (await inspector().left('notifications')) === 0)
    await worker.stop()
    return id
  }

  test('show what waits, and for how long', async ({ assert }) => {
    await inspector().pause('notifications')
    await queues().row({ secondsOld: 60 })
    const queue = await queues().manager.open('notifications')
    await queue.add('write-lines', {}, { timestamp: Date.now() - 30_000 })
    await queue.upsertJobScheduler('tick', { pattern: '0 3 * * *' }, { name: 'write-lines' })

    const table = await ask(QueueStatusCommand)
    const { code, said } = await ask(QueueStatusCommand, '--json')

    const { queues: shown, schedules, outbox } = JSON.parse(said.slice(said.lastIndexOf('\n{') + 1))
    assert.equal(code, 0)
    assert.lengthOf(shown, queueNames.length)
    assert.containsSubset(shown, [{ queue: 'notifications', isPaused: true, waiting: 1 }])
    assert.containsSubset(schedules, [{ id: 'tick', cron: '0 3 * * *', queue: 'notifications' }])
    assert.containsSubset(outbox, { open: 1, unsent: 1, later: 0 })
    assert.closeTo(outbox.lagSeconds, 60, 3)
    assert.match(table.said, /notifications\|1\|3\d s\|0\|.*paused/)
    assert.match(table.said, /tick\|write-lines\|notifications\|0 3 \* \* \* UTC\|\d{4}-/)
    assert.match(table.said, /outbox: 1 open, 0 of them for later, 1 due and not sent/)
  })

  test('show what runs, and how far it is', async ({ assert }) => {
    const id = await queues().row({ steps: 1, milliseconds: 2_000, secondsOld: 5 })
    queues().startWorker()
    await eventually(async () => {
      const [job] = await inspector().active('notifications')
      return job?.progress === 0.5
    })

    const { said } = await ask(QueueStatusCommand)

    assert.match(said, new RegExp(`write-lines\\|${id}\\|notifications\\|\\d{4}-.*\\|50 %`))
  })

  test('pause a queue and let it go on', async ({ assert }) => {
    const paused = await ask(QueuePause, 'email')
    const wasPaused = await inspector().status('email')
    const resumed = await ask(QueueResume, 'email')

    assert.deepEqual([paused.code, resumed.code], [0, 0])
    assert.isTrue(wasPaused.isPaused)
    const { isPaused } = await inspector().status('email')
    assert.isFalse(isPaused)
  })

  test('list dead letters and run them again', async ({ assert }) => {
    const id = await deadLetter()

    const listed = await ask(QueueRetry, 'notifications')
    const missed = await ask(QueueRetry, 'notifications', 'nonsense')
    const retried = await ask(QueueRetry, 'notifications', id)

    assert.include(listed.said, id)
    assert.deepEqual([listed.code, missed.code, retried.code], [0, 1, 0])
    assert.match(missed.said, /notifications has no dead letter "nonsense"/)
    assert.notMatch(missed.said, /jobs? runs? again/)
    assert.match(retried.said, /1 job runs again/)
    assert.equal(await queues().jobState(id), 'waiting')
    assert.isFalse(await queues().isFailed(id))
  })

  test('run all dead letters again', async ({ assert }) => {
    const ids = [await deadLetter('unknown-1'), await deadLetter('unknown-2')]

    const { said } = await ask(QueueRetry, 'notifications', '--all')

    assert.match(said, /2 jobs run again/)
    for (const id of ids) assert.equal(await queues().jobState(id), 'waiting')
  })

  test('tell of dead letters that are not listed', async ({ assert }) => {
    for (let count = 0; count < 52; count++) await queues().failedRow({ daysAgo: 1 })

    const { said } = await ask(QueueRetry, 'notifications')

    assert.match(said, /the newest 50 of 52/)
  })

  test('have no dead letters to run again', async ({ assert }) => {
    const { code, said } = await ask(QueueRetry, 'notifications', '--all')

    assert.equal(code, 0)
    assert.match(said, /notifications has no dead letters/)
  })

  test('wait until a queue is empty', async ({ assert }) => {
    const id = await queues().row({ name: 'last', milliseconds: 800, secondsOld: 5 })
    await queues().row({ secondsOld: -600 })
    queues().startWorker()

    const { code, said } = await ask(QueueDrain, 'notifications')

    assert.equal(code, 0)
    assert.isTrue(await queues().isFinished(id))
    assert.match(said, /notifications is empty/)
    assert.match(said, /the outbox has 1 for later/)
  })

  test('do not wait for a paused queue', async ({ assert }) => {
    await inspector().pause('notifications')
    await queues().row({ secondsOld: 5 })

    const { code, said } = await ask(QueueDrain, 'notifications')

    assert.equal(code, 1)
    assert.match(said, /0 jobs left, the outbox holds 1, and the queue is paused/)
  })

  test('wait no longer than told', async ({ assert }) => {
    await queues().row({ secondsOld: 5 })

    const { code, said } = await ask(QueueDrain, 'notifications', '--timeout=1')

    assert.equal(code, 1)
    assert.match(said, /nobody works on it/)
  })

  test('throw away what waits, once confirmed', async ({ assert }) => {
    await queues().row({ secondsOld: 600, dispatchedSecondsAgo: 5 })
    const queue = await queues().manager.open('notifications')
    await queue.add('write-lines', {})
    const question = 'Throw away the jobs that wait in notifications?'
    const confirming = async (yes: boolean) => {
      const command = await ace.create(QueueDrain, ['notifications', '--discard'])
      if (yes) command.prompt.trap(question).accept()
      else command.prompt.trap(question).reject()
      await command.exec()
      return output(command)
    }

    await confirming(false)
    const kept = await queue.count()
    const said = await confirming(true)

    assert.equal(kept, 1)
    assert.equal(await queue.count(), 0)
    assert.match(said, /1 jobs thrown away/)
    assert.match(said, /the outbox holds 1 jobs of this queue and sends them again/)
  })

  test('throw away what the outbox holds too', async ({ assert }) => {
    const id = await queues().row({ secondsOld: 600 })
    await queues().manager.deliver([
      { id, job: 'write-lines', queue: 'notifications', payload: {} },
    ])

    const alone = await ask(QueueDrain, 'notifications', '--outbox', '--force')
    const { code, said } = await ask(
      QueueDrain,
      'notifications',
      '--discard',
      '--outbox',
      '--force'
    )

    assert.equal(alone.code, 1)
    assert.match(alone.said, /--outbox goes with --discard/)
    assert.equal(code, 0)
    assert.match(said, /1 jobs thrown away, 1 of the outbox given up/)
    assert.containsSubset(await queues().find(id), { finished_at: null, error: 'discarded' })
    assert.equal(await queues().jobState(id), 'unknown')
    const { open } = await inspector().outbox('notifications')
    assert.equal(open, 0)
  })

  for (const command of [QueueRetry, QueuePause, QueueResume, QueueDrain]) {
    test(`refuse a queue there isn't: ${command.commandName}`, async ({ assert }) => {
      const { code, said } = await ask(command, 'mail')

      assert.equal(code, 1)
      assert.match(said, /there is no queue "mail": they are email, csv-import/)
    })
  }

  test('say when Redis is away', async ({ assert, cleanup }) => {
    const connection = { host: '127.0.0.1', port: await freePort() }
    const manager = new QueueManager({ ...queues().config, connection }, logger)
    app.container.swap(QueueManager, () => manager)
    cleanup(() => manager.closeAll())

    await queues().row({ secondsOld: 60 })
    await queues().failedRow({ daysAgo: 1 })

    const { code, said } = await ask(QueueStatusCommand)
    const json = await ask(QueueStatusCommand, '--json')

    assert.deepEqual([code, json.code], [1, 1])
    assert.match(said, /Redis is away/)
    assert.match(said, /outbox: 1 open, .*, 1 failed for good/)
    const answer = JSON.parse(json.said.match(/^\{[^]*?^\}/gm)!.at(-1)!)
    assert.containsSubset(answer, { queues: null, outbox: { open: 1, failed: 1 } })
  })
})
