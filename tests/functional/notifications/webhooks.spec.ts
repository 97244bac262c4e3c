import { test } from '@japa/runner'
import { sealedColumns } from '#config/secrets'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { newcomer } from '#tests/support/household'
import { resourceContract } from '#tests/support/resource_contract'
import { makeWebhook, ping, showWebhook, UNREACHABLE, WEBHOOKS } from '#tests/support/webhooks'

resourceContract({
  name: 'Webhooks',
  path: WEBHOOKS,
  valid: async () => ({ ...UNREACHABLE, description: 'My books' }),
  invalid: [
    { change: { url: 'no url' }, field: 'url' },
    { change: { url: 'ftp://example.com/' }, field: 'url' },
    { change: { url: 'https://ada:secret@example.com/' }, field: 'url' },
    { change: { url: 'https://127.0.0.1/' }, field: 'url' },
    { change: { url: 'https://2130706433/' }, field: 'url' },
    { change: { url: 'https://0x7f.0.0.1/' }, field: 'url' },
    { change: { url: 'https://[::ffff:10.0.0.1]/' }, field: 'url' },
    { change: { url: 'https://169.254.169.254/latest/meta-data' }, field: 'url' },
    { change: { url: `https://example.com/${'x'.repeat(2_048)}` }, field: 'url' },
    { change: { events: [] }, field: 'events' },
    { change: { events: ['*', 'transaction.created'] }, field: 'events' },
    { change: { events: ['transaction.stolen'] }, field: 'events.0' },
    { change: { events: ['import.failed', 'import.failed'] }, field: 'events' },
    { change: { description: 'x'.repeat(256) }, field: 'description' },
    { change: { enabled: 'yes' }, field: 'enabled' },
  ],
  change: {
    url: 'https://example.com/hook',
    events: ['transaction.created', 'import.completed'],
    description: null,
    enabled: false,
  },
  shownOnce: ['secret'],
})

test.group('Webhooks', () => {
  test('are ten at most', async ({ client, assert }) => {
    const user = await newcomer()
    const asked = Array.from({ length: 12 }, () =>
      client.post(WEBHOOKS).loginAs(user).json(UNREACHABLE)
    )

    const answers = await Promise.all(asked)
    const listed = await client.get(WEBHOOKS).loginAs(user)

    const statuses = answers.map((answer) => answer.status())
    assert.deepEqual(statuses.toSorted(), [...Array.from({ length: 10 }, () => 201), 409, 409])
    assert.lengthOf(listed.body().data, 10)
  })

  test('keep their secrets sealed', async ({ client, assert }) => {
    const user = await newcomer()
    const { id, secret } = await makeWebhook(client, user, UNREACHABLE)

    const row = await system.transaction((trx) => trx.from('webhooks').where('id', id).first())
    const shown = await client.get(`${WEBHOOKS}/${id}`).loginAs(user)

    assert.match(secret, /^whsec_[\w-]{43}$/)
    assert.notInclude(JSON.stringify(row), Buffer.from(secret).toString('hex'))
    assert.notInclude(row.secret_sealed.toString('latin1'), secret)
    assert.equal(
      sealedColumns.webhookSecret.open(row.secret_sealed, [user.id, id]).toString(),
      secret
    )
    assert.notProperty(shown.body(), 'secret')
  })

  test('are disabled and enabled by their owner', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await makeWebhook(client, user, UNREACHABLE)
    const deliveryId = await ping(client, user, id)
    const turn = (enabled: boolean) =>
      client.patch(`${WEBHOOKS}/${id}`).loginAs(user).json({ enabled })

    const off = await turn(false)
    const pinged = await client.post(`${WEBHOOKS}/${id}/ping`).loginAs(user)
    const deliveries = await client.get(`${WEBHOOKS}/${id}/deliveries`).loginAs(user)
    const retried = await client
      .post(`${WEBHOOKS}/${id}/deliveries/${deliveryId}/retry`)
      .loginAs(user)
    const on = await turn(true)

    assert.containsSubset(off.body(), { enabled: false, disabledReason: 'owner' })
    assert.isString(off.body().disabledAt)
    assert.deepEqual([pinged.status(), retried.status()], [409, 409])
    assert.containsSubset(deliveries.body().data, [{ status: 'failed', error: 'disabled' }])
    assert.containsSubset(on.body(), { enabled: true, disabledAt: null, disabledReason: null })
  })

  test('get another secret', async ({ client, assert }) => {
    const user = await newcomer()
    const { id, secret } = await makeWebhook(client, user, UNREACHABLE)

    const response = await client.post(`${WEBHOOKS}/${id}/secret`).loginAs(user)

    response.assertStatus(201)
    assert.match(response.body().secret, /^whsec_/)
    assert.notEqual(response.body().secret, secret)
    assert.containsSubset(response.body(), await showWebhook(client, user, id))
  })

  test('stand in the audit log', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await makeWebhook(client, user, UNREACHABLE)
    await client.patch(`${WEBHOOKS}/${id}`).loginAs(user).json({ description: 'Mine' })
    await client.post(`${WEBHOOKS}/${id}/secret`).loginAs(user)
    await client.delete(`${WEBHOOKS}/${id}`).loginAs(user)

    const entries = await tenant.transaction(user.id, (trx) =>
      trx.from('audit_logs').where('subject_id', id).orderBy('position')
    )

    assert.deepEqual(
      entries.map(({ action }) => action),
      ['webhook.created', 'webhook.changed', 'webhook.secret-rotated', 'webhook.deleted']
    )
    assert.notInclude(JSON.stringify(entries), '127.0.0.2')
  })
})
