import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { QueueInspector } from '#core/queue/inspector'
import { eventually } from '#tests/support/eventually'
import { newcomer } from '#tests/support/household'
import { Mailbox, tokenOf } from '#tests/support/mailbox'
import { QueueFixture } from '#tests/support/queues'
import { WorkerProcess } from '#tests/support/worker_process'

/** The job that mails a newcomer, and what is known of its mail. */
async function verificationOf(userId: string) {
  const { rows } = await db.rawQuery(
    `SELECT o.id, o.finished_at IS NOT NULL AS finished, o.failed_at IS NOT NULL AS failed, o.error,
       m.attempted_at IS NOT NULL AS attempted, m.sent_at IS NOT NULL AS sent, m.seed
     FROM outbox o LEFT JOIN mails m ON m.job_id = o.id
     WHERE job = 'mail-verification' AND payload->>'userId' = ?`,
    [userId]
  )
  return rows[0]
}

async function isFinished(userId: string) {
  const { finished } = await verificationOf(userId)
  return finished as boolean
}

async function isFailed(userId: string) {
  const { failed } = await verificationOf(userId)
  return failed as boolean
}

test.group('Mail / server says no', (group) => {
  const { queue, mailbox } = Mailbox.setup(group)
  group.each.timeout(60_000)

  test('arrives once after 451 for a while', async ({ assert }) => {
    mailbox().refusal = { to: 'DATA', code: 451 }
    const { id, email } = await newcomer()
    await eventually(() => mailbox().visits > 4, 20_000)
    const meanwhile = await verificationOf(id)
    const letters = await new QueueInspector(queue().manager).deadLetters('email')

    mailbox().refusal = undefined

    await eventually(() => isFinished(id), 20_000)
    assert.containsSubset(meanwhile, { sent: false, failed: false })
    assert.isEmpty(letters)
    assert.lengthOf(mailbox().to(email), 1)
    assert.containsSubset(await verificationOf(id), { sent: true, seed: null })
  })

  test('gives up at once on a refused recipient', async ({ assert }) => {
    mailbox().refusal = { to: 'RCPT', code: 550 }
    const { id } = await newcomer()

    await eventually(() => isFailed(id))

    const [letter] = await new QueueInspector(queue().manager).deadLetters('email')
    assert.equal(mailbox().visits, 1)
    assert.containsSubset(letter, { job: 'mail-verification', attempts: 1 })
    assert.containsSubset(await verificationOf(id), { error: 'MailRefused', sent: false })
  })
})

test.group('Mail / worker killed', (group) => {
  QueueFixture.setup(group)
  group.each.timeout(120_000)

  /** Held rows make the worker wait where it is to die; its statement dies with it. */
  async function killWhileWaiting(worker: WorkerProcess, statement: string) {
    const waiting = await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE ?`,
        [`${statement}%`]
      )
      return rows.length > 0 && rows
    }, 30_000)
    await worker.kill()
    for (const { pid } of waiting as { pid: number }[]) {
      await db.rawQuery('SELECT pg_terminate_backend(?)', [pid])
    }
  }

  async function stage(held: string) {
    const mailbox = new Mailbox()
    await mailbox.open()
    const lock = await db.connection('system').transaction()
    mailbox.onTaken = async () => {
      mailbox.onTaken = undefined
      await lock.rawQuery(held)
    }
    const { id, email } = await newcomer()
    await db.rawQuery(
      `UPDATE outbox SET dispatched_at = NULL, created_at = created_at - interval '5 seconds'`
    )
    const settings = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(mailbox.port) }
    const start = () => new WorkerProcess({ queue: 'email', silence: 2, settings })
    return { mailbox, lock, id, email, start }
  }

  test('after 250, before anybody knows: the same mail again', async ({ assert, cleanup }) => {
    const { mailbox, lock, id, email, start } = await stage('SELECT 1 FROM mails FOR UPDATE')
    let worker = start()
    cleanup(async () => {
      await worker.kill()
      await mailbox.close()
      if (!lock.isCompleted) await lock.rollback()
    })

    await killWhileWaiting(worker, 'UPDATE mails')
    await lock.rollback()
    const unknown = await verificationOf(id)
    worker = start()

    await eventually(() => isFinished(id), 40_000)
    const [first, second, ...others] = mailbox.to(email)
    assert.containsSubset(unknown, { attempted: true, sent: false })
    assert.equal(first.mail.messageId, `<${unknown.id}.VerifyEmailMail@localhost>`)
    assert.equal(second.mail.messageId, first.mail.messageId)
    assert.equal(tokenOf(second), tokenOf(first))
    assert.isEmpty(others)
  })

  test('after it was noted, before the job ended: no mail', async ({ assert, cleanup }) => {
    const { mailbox, lock, id, email, start } = await stage(
      `SELECT 1 FROM outbox WHERE job = 'mail-verification' FOR NO KEY UPDATE`
    )
    let worker = start()
    cleanup(async () => {
      await worker.kill()
      await mailbox.close()
      if (!lock.isCompleted) await lock.rollback()
    })

    await killWhileWaiting(worker, 'UPDATE outbox SET finished_at')
    await lock.rollback()
    const noted = await verificationOf(id)
    worker = start()

    await eventually(() => isFinished(id), 40_000)
    assert.containsSubset(noted, { sent: true, finished: false })
    assert.lengthOf(mailbox.to(email), 1)
  })
})
