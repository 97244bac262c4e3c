import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { system } from '#core/database/system'
import { runningJob } from '#core/queue/running_job'
import SendNotification from '#notifications/actions/send_notification'
import { eventually } from '#tests/support/eventually'
import { gather } from '#tests/support/exports'
import { household, newcomer, record } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { Mailbox } from '#tests/support/mailbox'
import { confirmed, mailsDue, PATH, prefer, tellAll } from '#tests/support/notifications'
import type User from '#users/models/user'

const STATEMENT = 'Date;Amount;Payee\n2026-01-15;-1;Shop\n'

async function imported(client: ApiClient, details: { name?: string } = {}) {
  const { user, checking } = await household({ checking: 0 })
  await confirmed(user)
  await importFile(client, user, checking, STATEMENT, details)
  return user
}

async function tried(user: User) {
  const [{ payload }] = await mailsDue(user, 'mail-notification')
  const send = await app.container.make(SendNotification)
  return () => send.handle(payload as { userId: string; notificationId: string })
}

/** Quiet hours from an hour ago until in two, by the clock of a zone. */
function quietNow(timeZone: string) {
  const now = DateTime.now().setZone(timeZone)
  const end = now.plus({ hours: 2 }).startOf('minute')
  const quietHours = {
    start: now.minus({ hours: 1 }).toFormat('HH:mm'),
    end: end.toFormat('HH:mm'),
    timeZone,
  }
  return { quietHours, end }
}

test.group('Notifications / mails', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  /** But the one that everybody gets who registers. */
  const lettersTo = ({ email }: User) =>
    mailbox()
      .to(email)
      .filter(({ mail }) => !mail.subject?.startsWith('Confirm')).length

  test('tell that an import is finished, once', async ({ client, assert }) => {
    const user = await imported(client, { name: 'january <1>.csv' })

    await tellAll(user)
    await tellAll(user)
    const again = await tried(user)

    const letter = await mailbox().next(user.email, /import is finished/)
    await eventually(async () => (await queue().open('email')) === 0)
    await again()
    await sleep(300)
    assert.equal(lettersTo(user), 1)
    assert.match(letter.mail.text!, /january <1>\.csv: 1 row imported/)
    assert.include(letter.mail.html || '', 'january &lt;1&gt;.csv: 1 row imported')
    assert.match(letter.mail.messageId!, /^<[\w-]+\.NotificationMail@/)
    assert.equal(letter.mail.headers.get('auto-submitted'), 'auto-generated')
  })

  test('tell that an import failed', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    await confirmed(user)
    await importFile(client, user, checking, 'Date;Amount;Payee\n', {
      name: 'empty.csv',
      mapping: { bookedOn: 'Nowhere', amount: 'Amount', payee: 'Payee' },
    })

    await tellAll(user)

    await mailbox().next(user.email, /import failed/)
  })

  test('tell that an export is ready', async ({ client, assert }) => {
    const user = await confirmed(await newcomer())
    const response = await client.post('/api/v1/users/me/export').loginAs(user)
    await gather(user, response.body().id)

    await tellAll(user)

    const { mail } = await mailbox().next(user.email, /export is ready/)
    assert.match(mail.text!, /one ZIP among your files, until/)
  })

  test('tell of a new sign-in, which can’t be switched off', async ({ client, assert }) => {
    const user = await confirmed(await newcomer())
    for (const userAgent of ['one', 'another']) {
      await client
        .post('/api/v1/auth/login')
        .header('user-agent', userAgent)
        .json({ email: user.email, password: 'correct horse battery' })
    }
    await prefer(client, user, { quietHours: quietNow('UTC').quietHours, digest: 'daily' })

    await tellAll(user)

    const { mail } = await mailbox().next(user.email, /New sign-in/)
    assert.match(mail.text!, /another, from 127\.0\.0\.1, on/)
    assert.match(mail.text!, /set a new password at once/)
  })

  test('tell of an alert', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await confirmed(user)
    await client
      .post(`${PATH}/alerts`)
      .loginAs(user)
      .json({ kind: 'lowBalance', threshold: 100_00, currency: 'EUR' })
    await record(user, { accountId: checking.id, amount: -450_00 })

    await tellAll(user)

    const { mail } = await mailbox().next(user.email, /running low/)
    assert.match(mail.text!, /checking holds €50\.00, less than the €100\.00 you set\./)
  })

  test('say nothing that people chose to an unconfirmed address', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, STATEMENT, { name: 'BUY-NOW.csv' })

    await tellAll(user)

    const { mail, raw } = await mailbox().next(user.email, /import is finished/)
    assert.notInclude(raw, 'BUY-NOW')
    assert.match(mail.text!, /has been read/)
  })

  test('stay away where they are switched off', async ({ client, assert }) => {
    const user = await imported(client)
    const off = { kind: 'import.completed', inApp: true, email: false, webhook: true }
    await prefer(client, user, { kinds: [off] })

    await tellAll(user)

    assert.lengthOf(await mailsDue(user, 'mail-notification'), 0)
    const response = await client.get(PATH).loginAs(user)
    assert.lengthOf(response.body().data, 1)
  })

  test('come alone where the list is switched off', async ({ client, assert }) => {
    const user = await imported(client)
    const off = { kind: 'import.completed', inApp: false, email: true, webhook: true }
    await prefer(client, user, { kinds: [off] })

    await tellAll(user)

    await mailbox().next(user.email, /import is finished/)
    const response = await client.get(PATH).loginAs(user)
    assert.deepEqual(response.body(), { data: [], meta: { nextCursor: null, unread: 0 } })
  })

  test('wait for the end of quiet hours', async ({ client, assert }) => {
    const user = await imported(client)
    const { quietHours, end } = quietNow('Asia/Kolkata')
    await prefer(client, user, { quietHours })

    await tellAll(user)

    const [due, ...others] = await mailsDue(user, 'mail-notification')
    assert.closeTo(due.available_at.getTime(), end.toMillis(), 2_000)
    assert.lengthOf(others, 0)
    const response = await client.get(PATH).loginAs(user)
    assert.lengthOf(response.body().data, 1)
    assert.equal(lettersTo(user), 0)
  })

  test('that are late don’t break into quiet hours', async ({ client, assert }) => {
    const user = await imported(client)
    await prefer(client, user, { quietHours: quietNow('UTC').quietHours })
    await tellAll(user)
    const send = await tried(user)

    await send()

    const due = await mailsDue(user, 'mail-notification')
    assert.lengthOf(due, 2)
    assert.equal(lettersTo(user), 0)
  })

  test('that are put off twice come once', async ({ client, assert }) => {
    const user = await imported(client)
    await prefer(client, user, { quietHours: quietNow('UTC').quietHours })
    await tellAll(user)
    const send = await tried(user)
    const job = { queue: 'email', job: 'mail-notification', jobId: randomUUIDv7(), attempt: 1 }

    await Promise.all([1, 2].map(() => runningJob.run(job, send)))
    await runningJob.run(job, send)

    assert.lengthOf(await mailsDue(user, 'mail-notification'), 2)
    await runningJob.run({ ...job, jobId: randomUUIDv7() }, send)
    assert.lengthOf(await mailsDue(user, 'mail-notification'), 3)
  })

  test('that wait are left to a digest that somebody wants now', async ({ client, assert }) => {
    const user = await imported(client)
    await prefer(client, user, { quietHours: quietNow('UTC').quietHours })
    await tellAll(user)
    const send = await tried(user)
    await prefer(client, user, { digest: 'daily' })

    await send()

    assert.equal(lettersTo(user), 0)
    await prefer(client, user, { digest: 'off' })
    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Your import is finished')
  })

  test('that nobody wants any more are not sent', async ({ client, assert }) => {
    const user = await imported(client)
    await prefer(client, user, { quietHours: quietNow('UTC').quietHours })
    await tellAll(user)
    const send = await tried(user)
    const response = await client.get(PATH).loginAs(user)
    await client.delete(`${PATH}/${response.body().data[0].id}`).loginAs(user)
    await prefer(client, user, {})

    await send()

    assert.equal(lettersTo(user), 0)
    const { rows } = await system.transaction((trx) =>
      trx.rawQuery('SELECT emailed_at FROM notifications WHERE user_id = ?', [user.id])
    )
    assert.deepEqual(rows, [{ emailed_at: null }])
  })
})
