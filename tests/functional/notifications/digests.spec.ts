import { randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import SendDigest from '#notifications/actions/send_digest'
import StartDigests from '#notifications/actions/start_digests'
import Notification from '#notifications/models/notification'
import { household, newcomer, record } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { Mailbox } from '#tests/support/mailbox'
import { confirmed, mailsDue, PATH, prefer, tellAll, told } from '#tests/support/notifications'
import type User from '#users/models/user'

/** Lets the next digest be due, this long ago. */
async function makeDue(user: User, { minutesAgo = 1 } = {}) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE notification_preferences SET next_digest_at = now() - ? * interval '1 minute'
       WHERE user_id = ?`,
      [minutesAgo, user.id]
    )
  )
}

async function age(user: User, hours: number) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE notifications SET created_at = created_at - ? * interval '1 hour' WHERE user_id = ?`,
      [hours, user.id]
    )
  )
}

/**
 * A worker that is telling a user something, in a transaction that has begun. `tell` has it
 * told, and `commit` ends it.
 */
async function telling(user: User, title: string) {
  const [begun, wanted, isTold, ended] = Array.from({ length: 4 }, () =>
    Promise.withResolvers<void>()
  )
  const done = tenant.transaction(user.id, async (trx) => {
    begun.resolve()
    await wanted.promise
    await Notification.lockOrder(user.id, trx)
    const words = { title, body: 'It did', subject: null, inApp: true }
    const about = { userId: user.id, eventId: randomUUIDv7(), kind: 'import.failed' as const }
    await Notification.tell({ ...about, ...words }, trx)
    isTold.resolve()
    await ended.promise
  })
  await begun.promise
  return {
    async tell() {
      wanted.resolve()
      await isTold.promise
    },
    async commit() {
      ended.resolve()
      await done
    },
  }
}

async function reader(client: ApiClient, digest: 'daily' | 'weekly' = 'daily') {
  const user = await confirmed(await newcomer())
  await prefer(client, user, { digest })
  return user
}

test.group('Notifications / digests', (group) => {
  const { mailbox } = Mailbox.setup(group)

  const digestsTo = ({ email }: User) =>
    mailbox()
      .to(email)
      .filter(({ mail }) => mail.subject?.endsWith('in Finora')).length

  test('gather the mails of what can wait', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await confirmed(user)
    await prefer(client, user, { digest: 'daily' })
    await importFile(client, user, checking, 'Date;Amount;Payee\n2026-01-15;-1;Shop\n', {
      name: 'january.csv',
    })
    await tellAll(user)
    const alone = await mailsDue(user, 'mail-notification')
    await age(user, 2)
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day in Finora/)
    assert.lengthOf(alone, 0)
    assert.match(mail.text!, /Your import is finished\njanuary\.csv: 1 row imported/)
    assert.include(mail.html || '', 'january.csv: 1 row imported')
    assert.match(mail.text!, /balance now €499\.00/)
    assert.match(mail.messageId!, /^<[\w-]+\.DigestMail@/)
  })

  test('tell of the money of the day before', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 500_00 })
    await confirmed(user)
    await prefer(client, user, { digest: 'daily' })
    const day = (days: number) => DateTime.utc().minus({ days }).toISODate()
    const booked = { accountId: checking.id }
    await record(user, { ...booked, amount: -20_00, bookedOn: day(1) })
    await record(user, { ...booked, amount: 100_00, bookedOn: day(1) })
    await record(user, { ...booked, amount: -7_00, bookedOn: day(2) })
    await record(user, { ...booked, amount: -3_00, bookedOn: day(0) })
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Income €100.00, expenses €20.00, balance now €570.00')
    assert.include(mail.text, day(1))
    assert.include(mail.text, 'There is nothing new to read.')
  })

  test('come once, however many workers start them', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user)
    await age(user, 2)
    await makeDue(user)

    await Promise.all(Array.from({ length: 4 }, () => new StartDigests().handle()))
    await new StartDigests().handle()

    await mailbox().next(user.email, /Your day/)
    await sleep(300)
    assert.lengthOf(await mailsDue(user, 'mail-digest'), 1)
    assert.equal(digestsTo(user), 1)
  })

  test('are mailed once, however often the job runs', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user)
    await age(user, 2)
    await makeDue(user)
    await new StartDigests().handle()
    await mailbox().next(user.email, /Your day/)
    const [{ payload }] = await mailsDue(user, 'mail-digest')
    const send = await app.container.make(SendDigest)
    await sleep(300)

    await send.handle(payload as { userId: string; until: string })

    await sleep(300)
    assert.equal(digestsTo(user), 1)
  })

  test('leave out what was read, deleted or is older', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user, { title: 'An old one' })
    await age(user, 9 * 24)
    const read = await told(user, { title: 'A read one' })
    const deleted = await told(user, { title: 'A deleted one' })
    await told(user, { title: 'An unread one' })
    await client.patch(`${PATH}/${read}`).loginAs(user).json({ read: true })
    await client.delete(`${PATH}/${deleted}`).loginAs(user)
    await age(user, 2)
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'An unread one')
    assert.notMatch(mail.text!, /An old one|A read one|A deleted one/)
  })

  test('are planned for the next time', async ({ client, assert }) => {
    const user = await reader(client, 'weekly')
    await makeDue(user)

    await new StartDigests().handle()

    const row = await tenant.transaction(user.id, (trx) =>
      trx.from('notification_preferences').firstOrFail()
    )
    const next = DateTime.fromJSDate(row.next_digest_at, { zone: 'UTC' })
    assert.deepEqual([next.weekday, next.hour, next.minute], [1, 8, 0])
    assert.isAbove(next.toMillis(), Date.now())
  })

  test('go on where the last one ended, whatever changed', async ({ client, assert }) => {
    const user = await reader(client)
    await makeDue(user, { minutesAgo: 5 * 60 })
    await new StartDigests().handle()
    await told(user, { title: 'Between the hours' })
    await age(user, 2)
    await prefer(client, user, { digest: 'weekly', digestAt: 20 })
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your week/)
    assert.include(mail.text, 'Between the hours')
  })

  test('tell in the next what a late one would have told', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user, { title: 'Before the outage' })
    await age(user, 30)
    await makeDue(user, { minutesAgo: 13 * 60 })
    await new StartDigests().handle()
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Before the outage')
  })

  test('that are due stay so, whatever is changed', async ({ client, assert }) => {
    const user = await reader(client, 'weekly')
    await told(user, { title: 'Nearly passed over' })
    await age(user, 2)
    await makeDue(user)
    await prefer(client, user, { digest: 'weekly', digestAt: 9 })
    await client.patch('/api/v1/users/me').loginAs(user).json({ timezone: 'Asia/Tokyo' })
    await tellAll(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your week/)
    assert.include(mail.text, 'Nearly passed over')
  })

  test('end with what still waited', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user, { title: 'Waited in vain' })
    await age(user, 2)

    await prefer(client, user, { digest: 'off' })

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Waited in vain')
    await prefer(client, user, { digest: 'daily' })
    await prefer(client, user, { digest: 'off' })
    assert.lengthOf(await mailsDue(user, 'mail-digest'), 1)
  })

  test('wait for what is being told when they are due', async ({ client, assert }) => {
    const user = await reader(client)
    const worker = await telling(user, 'Told at that moment')
    await worker.tell()
    await sleep(50)
    await makeDue(user, { minutesAgo: 0 })

    await new StartDigests().handle()

    await sleep(500)
    await worker.commit()
    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Told at that moment')
  })

  test('leave to the next what is told after them', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user)
    const worker = await telling(user, 'Told a moment later')
    await sleep(50)
    await makeDue(user, { minutesAgo: 0 })
    await new StartDigests().handle()
    await mailbox().next(user.email, /Your day/)
    await worker.tell()
    await worker.commit()
    mailbox().letters.length = 0
    await makeDue(user, { minutesAgo: 0 })

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Told a moment later')
  })

  test('end with what is being told at that moment', async ({ client, assert }) => {
    const user = await reader(client)
    const worker = await telling(user, 'Told at the end')
    await worker.tell()

    const ending = prefer(client, user, { digest: 'off' })
    await sleep(500)
    await worker.commit()
    await ending

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Told at the end')
  })

  test('count what is too much for a mail', async ({ client, assert }) => {
    const user = await reader(client)
    for (let each = 0; each < 53; each++) await told(user)
    await age(user, 2)
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'And 3 more, which are in your list.')
    assert.include(mail.html || '', 'And 3 more, which are in your list.')
  })

  test('leave out what was mailed by itself', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user, { title: 'Not mailed' })
    const id = await told(user, { title: 'Mailed before' })
    await tenant.transaction(user.id, (trx) =>
      trx.from('notifications').where('id', id).update({ emailed_at: new Date() })
    )
    await age(user, 2)
    await makeDue(user)

    await new StartDigests().handle()

    const { mail } = await mailbox().next(user.email, /Your day/)
    assert.include(mail.text, 'Not mailed')
    assert.notInclude(mail.text, 'Mailed before')
  })

  test('are not sent about accounts with nothing on them', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    await confirmed(user)
    await prefer(client, user, { digest: 'daily' })
    await makeDue(user)
    await new StartDigests().handle()
    const [{ payload }] = await mailsDue(user, 'mail-digest')
    const send = await app.container.make(SendDigest)

    await send.handle(payload as { userId: string; until: string })

    await sleep(300)
    assert.equal(digestsTo(user), 0)
  })

  test('are left out when they would come half a day late', async ({ client, assert }) => {
    const user = await reader(client)
    await told(user)
    await makeDue(user, { minutesAgo: 13 * 60 })

    await new StartDigests().handle()

    assert.lengthOf(await mailsDue(user, 'mail-digest'), 0)
  })

  test('are not sent when nothing is to be said', async ({ client, assert }) => {
    const user = await reader(client)
    await makeDue(user)
    await new StartDigests().handle()
    const [{ payload }] = await mailsDue(user, 'mail-digest')
    const send = await app.container.make(SendDigest)

    await send.handle(payload as { userId: string; until: string })

    assert.equal(digestsTo(user), 0)
  })

  test('go to confirmed addresses only', async ({ client, assert }) => {
    const user = await newcomer()
    await prefer(client, user, { digest: 'daily' })
    await told(user)
    await age(user, 2)
    await makeDue(user)
    await new StartDigests().handle()
    const [{ payload }] = await mailsDue(user, 'mail-digest')
    const send = await app.container.make(SendDigest)

    await send.handle(payload as { userId: string; until: string })

    assert.equal(digestsTo(user), 0)
  })
})
