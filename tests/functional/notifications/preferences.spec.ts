import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { kindNames } from '#notifications/domain/kinds'
import AnnounceToWebhooks from '#notifications/actions/announce_to_webhooks'
import { household, newcomer } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { AS_USUAL, PATH, prefer, stretchesOf, tellAll } from '#tests/support/notifications'
import { deliveriesOf, makeWebhook, UNREACHABLE } from '#tests/support/webhooks'
import NotificationPreferences from '#notifications/models/notification_preferences'

const PREFERENCES = `${PATH}/preferences`

test.group('Notifications / preferences', () => {
  test('are the usual ones until somebody says otherwise', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.get(PREFERENCES).loginAs(user)

    const { kinds, ...rest } = response.body()
    assert.deepEqual(rest, { quietHours: null, digest: 'off', digestAt: 8 })
    assert.deepEqual(
      kinds.map(({ kind }: { kind: string }) => kind),
      kindNames
    )
    assert.deepInclude(kinds, {
      kind: 'import.completed',
      inApp: true,
      email: true,
      webhook: true,
    })
    assert.deepInclude(kinds, { kind: 'badge.awarded', inApp: true, email: false, webhook: true })
  })

  test('are replaced, and come back as they were sent', async ({ client, assert }) => {
    const user = await newcomer()
    const off = { kind: 'import.completed', inApp: false, email: false, webhook: false }
    const quietHours = { start: '22:00', end: '07:00', timeZone: 'Europe/Berlin' }

    const changed = await prefer(client, user, {
      kinds: [off],
      quietHours,
      digest: 'weekly',
      digestAt: 18,
    })
    const shown = await client.get(PREFERENCES).loginAs(user)
    const again = await client.put(PREFERENCES).loginAs(user).json(shown.body())
    const usual = await prefer(client, user, {})

    assert.deepInclude(changed.kinds, off)
    assert.deepInclude(changed, { quietHours, digest: 'weekly', digestAt: 18 })
    assert.deepEqual([shown.body(), again.body()], [changed, changed])
    assert.deepInclude(usual.kinds, { ...off, inApp: true, email: true, webhook: true })
    assert.isNull(usual.quietHours)
  })

  test('lose no update', async ({ client }) => {
    const user = await newcomer()
    const first = await client.get(PREFERENCES).loginAs(user)
    const put = (etag: string) =>
      client.put(PREFERENCES).loginAs(user).header('if-match', etag).json(AS_USUAL)

    const changed = await put(first.header('etag')!)
    const late = await put(first.header('etag')!)
    const next = await put(changed.header('etag')!)

    changed.assertStatus(200)
    late.assertStatus(412)
    next.assertStatus(200)
  })

  test('refuse {field}')
    .with([
      {
        field: 'kinds.0.email',
        wishes: { kinds: [{ kind: 'sign_in.new', inApp: true, email: false, webhook: true }] },
      },
      {
        field: 'kinds.0.kind',
        wishes: { kinds: [{ kind: 'gossip', inApp: true, email: true, webhook: true }] },
      },
      {
        field: 'kinds.0.webhook',
        wishes: { kinds: [{ kind: 'export.ready', inApp: true, email: true }] },
      },
      { field: 'quietHours.end', wishes: { quietHours: { start: '07:00', end: '07:00' } } },
      { field: 'quietHours.start', wishes: { quietHours: { start: '24:00', end: '07:00' } } },
      {
        field: 'quietHours.timeZone',
        wishes: { quietHours: { start: '22:00', end: '07:00', timeZone: 'Mars/Olympus' } },
      },
      { field: 'digest', wishes: { digest: 'hourly' } },
      { field: 'digestAt', wishes: { digestAt: 24 } },
      { field: 'quietHours', wishes: { quietHours: undefined } },
    ])
    .run(async ({ client, assert }, { field, wishes }) => {
      const user = await newcomer()

      const response = await client
        .put(PREFERENCES)
        .loginAs(user)
        .json({ ...AS_USUAL, ...wishes })

      response.assertStatus(422)
      assert.deepEqual(
        response.body().errors.map((error: { field: string }) => error.field),
        [field]
      )
    })

  test('keep an event from the webhooks', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await makeWebhook(client, user, UNREACHABLE)
    await prefer(client, user, {
      kinds: [{ kind: 'import.completed', inApp: true, email: true, webhook: false }],
    })
    await importFile(client, user, checking, 'Date;Amount;Payee\n2026-01-15;-1;Shop\n')

    for (const stretch of await stretchesOf(user)) await new AnnounceToWebhooks().handle(stretch)

    const deliveries = await deliveriesOf(client, user, id)
    const events = deliveries.map(({ type }: { type: string }) => type)
    assert.include(events, 'import.created')
    assert.notInclude(events, 'import.completed')
  })

  test('are each user’s own', async ({ client, assert }) => {
    const [user, stranger] = [await newcomer(), await newcomer()]
    await prefer(client, user, { digest: 'daily' })

    const response = await client.get(PREFERENCES).loginAs(stranger)

    assert.equal(response.body().digest, 'off')
  })

  test('leave a trace of who changed them', async ({ client, assert }) => {
    const user = await newcomer()

    await prefer(client, user, { digest: 'daily' })

    const entries = await tenant.transaction(user.id, (trx) =>
      trx.from('audit_logs').where('action', 'notification-preferences.changed').select('data')
    )
    assert.deepEqual(entries, [{ data: { digest: 'daily', hasQuietHours: false } }])
  })

  test('follow their user to another zone', async ({ client, assert }) => {
    const user = await newcomer()
    await prefer(client, user, { digest: 'daily', digestAt: 8 })
    const next = () =>
      tenant.transaction(user.id, async (trx) => {
        const { nextDigestAt } = await NotificationPreferences.of(user.id, trx)
        return nextDigestAt!.toUTC()
      })
    const before = await next()

    await client.patch('/api/v1/users/me').loginAs(user).json({ timezone: 'Asia/Tokyo' })
    await tellAll(user)

    const after = await next()
    assert.equal(before.hour, 8)
    assert.equal(after.hour, 23)
  })
})
