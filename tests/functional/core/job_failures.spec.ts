import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import queueConfig from '#config/queue'
import { JobFailures } from '#core/queue/failures/job_failures'
import { QueueInspector } from '#core/queue/inspector'
import { eventually } from '#tests/support/eventually'
import { Mailbox } from '#tests/support/mailbox'

const OPERATOR = 'operator@finora.test'
const FAILED = /failed for good/

test.group('Job failures', (group) => {
  const { queue, mailbox } = Mailbox.setup(group)
  const usual = { ...queueConfig.operator }

  group.each.timeout(30_000)
  group.each.setup(async () => {
    const forget = async () => {
      await db.rawQuery('DELETE FROM job_failures')
      await db.connection('system').rawQuery('DELETE FROM failure_reports')
    }
    await forget()
    Object.assign(queueConfig.operator, { email: OPERATOR, gathering: 0, pause: 60_000 })
    return async () => {
      Object.assign(queueConfig.operator, usual)
      await forget()
    }
  })

  const fail = (name: string, job?: string) =>
    queue().row({ name, job, queue: 'email', fails: true, secondsOld: 5 })
  const mails = () =>
    mailbox()
      .to(OPERATOR)
      .map(({ mail }) => ({ subject: mail.subject, text: mail.text ?? '', html: mail.html }))
  const kept = async () => {
    const { rows } = await db.rawQuery('SELECT * FROM job_failures')
    return rows
  }

  test('are mailed to the operator', async ({ assert }) => {
    const id = await fail('ada@example.com')

    await mailbox().next(OPERATOR, FAILED)

    const [{ subject, text, html }, ...others] = mails()
    assert.isEmpty(others)
    assert.equal(subject, 'A job has failed for good: write-lines')
    for (const told of [text, html as string]) {
      assert.include(told, id)
      assert.match(told, /RangeError/)
      assert.include(told, 'queue:retry email --all')
      assert.match(told, /http:\/\/localhost:\d+\/admin/)
      assert.notInclude(told, 'ada@example.com')
      assert.notInclude(told, queue().file)
    }
  })

  test('of one name are gathered', async ({ assert }) => {
    queueConfig.operator.gathering = 1_000
    const ids = await Promise.all(Array.from({ length: 12 }, () => fail('x', 'never-heard-of')))

    await mailbox().next(OPERATOR, FAILED)
    await eventually(async () => (await queue().open('email')) === 0)

    const [{ subject, text }, ...others] = mails()
    assert.isEmpty(others)
    assert.equal(subject, '12 jobs have failed for good: never-heard-of')
    assert.lengthOf(
      ids.filter((id) => text.includes(id)),
      10
    )
    assert.include(text, '… and 2 more.')
  })

  test('wait for the pause to be over', async ({ assert }) => {
    queueConfig.operator.pause = 5_000
    await fail('a', 'never-heard-of')
    await mailbox().next(OPERATOR, FAILED)
    const firstAt = Date.now()
    await fail('b', 'never-heard-of')
    await fail('c', 'never-heard-of')
    await fail('d', 'another')

    const [, second, third] = await eventually(() => mails().length === 3 && mails(), 15_000).then(
      (found) => found as ReturnType<typeof mails>
    )

    assert.isAbove(Date.now() - firstAt, 4_000)
    assert.equal(second.subject, 'A job has failed for good: another')
    assert.equal(third.subject, '2 jobs have failed for good: never-heard-of')
  })

  test('are not mailed to nobody', async ({ assert }) => {
    queueConfig.operator.email = undefined
    const id = await fail('a', 'never-heard-of')

    await eventually(() => queue().isFailed(id))
    await sleep(300)

    assert.isEmpty(await kept())
    assert.isEmpty(mailbox().letters)
  })

  test('of the mail itself are told to nobody', async ({ assert }) => {
    mailbox().refusal = { to: 'RCPT', code: 550 }
    await fail('a', 'never-heard-of')
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT 1 FROM outbox WHERE job = 'report-failures' AND failed_at IS NOT NULL`
      )
      return rows.length === 1
    })
    await sleep(300)
    const told = await kept()
    mailbox().refusal = undefined
    queueConfig.operator.pause = 0

    await fail('b', 'never-heard-of')

    const { mail } = await mailbox().next(OPERATOR, FAILED)
    assert.lengthOf(told, 1)
    assert.containsSubset(told, [{ job: 'never-heard-of' }])
    assert.equal(mailbox().visits, 2)
    assert.equal(mail.subject, '2 jobs have failed for good: never-heard-of')
  })

  test('are told of although a report was thrown away', async ({ assert }) => {
    const failures = new JobFailures({ ...queueConfig.operator, gathering: 60_000 }, logger)
    const failed = () =>
      ({
        id: randomUUIDv7(),
        name: 'some-job',
        queueName: 'notifications',
        attemptsMade: 3,
        data: {},
        finishedOn: Date.now(),
      }) as unknown as Parameters<JobFailures['note']>[0]
    await failures.note(failed(), new Error('no'))
    await new QueueInspector(queue().manager).discardOutbox('email')

    await failures.note(failed(), new Error('no'))

    assert.lengthOf(await kept(), 2)
    assert.equal(await queue().open('email'), 1)
  })

  test('are noted once', async ({ assert }) => {
    const failures = new JobFailures({ ...queueConfig.operator, gathering: 60_000 }, logger)
    const userId = randomUUIDv7()
    const job = {
      id: randomUUIDv7(),
      name: 'some-job',
      queueName: 'email',
      attemptsMade: 3,
      data: { userId, note: 'Ada' },
      finishedOn: Date.now(),
    } as unknown as Parameters<JobFailures['note']>[0]

    await failures.note(job, new Error('no'))
    await failures.note(job, new Error('no'))

    const [failure, ...others] = await kept()
    assert.isEmpty(others)
    assert.containsSubset(failure, { job: 'some-job', reason: 'no', ids: { userId } })
    assert.notProperty(failure.ids, 'note')
    assert.equal(await queue().open('email'), 1)
  })
})
