import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { webhooks } from '#config/webhooks'
import { activity } from '#core/activity/activity'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import DeliverWebhook from '#notifications/jobs/deliver_webhook'
import ForgetWebhookDeliveries from '#notifications/actions/forget_webhook_deliveries'
import app from '@adonisjs/core/services/app'
import { newcomer } from '#tests/support/household'
import { Mailbox } from '#tests/support/mailbox'
import { WebhookReceiver } from '#tests/support/webhook_receiver'
import {
  attempt,
  deliveriesOf,
  makeWebhook,
  ping,
  retry,
  showWebhook,
  waiting,
  WEBHOOKS,
} from '#tests/support/webhooks'
import type User from '#users/models/user'

const DISABLED = /webhook was disabled/i

/** Makes every attempt at a delivery there is. */
async function exhaust(user: User, deliveryId: string) {
  for (let made = 0; made <= webhooks.waits.length; made++) await attempt(user, deliveryId)
}

async function begun(client: ApiClient, receiver: WebhookReceiver) {
  const user = await newcomer()
  const webhook = await makeWebhook(client, user, { url: receiver.url, events: ['*'] })
  return { user, webhook }
}

async function isEnabled(client: ApiClient, user: User, id: string): Promise<boolean> {
  const { enabled } = await showWebhook(client, user, id)
  return enabled
}

async function disablings(user: User) {
  return tenant.transaction(user.id, (trx) =>
    trx.from('audit_logs').where('action', 'webhook.disabled')
  )
}

/** As if its first failure was more than three days ago. */
async function failForThreeDays({ id }: { id: string }) {
  await system.transaction((trx) =>
    trx.rawQuery(`UPDATE webhooks SET failing_since = now() - interval '73 hours' WHERE id = ?`, [
      id,
    ])
  )
}

test.group('Webhook failures', (group) => {
  const { mailbox } = Mailbox.setup(group)
  let receiver: WebhookReceiver

  group.each.setup(async () => {
    receiver = await WebhookReceiver.start()
    return () => receiver.stop()
  })

  test('give a delivery up at last', async ({ client, assert }) => {
    receiver.answers(...Array.from({ length: 7 }, () => 503))
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)

    await exhaust(user, deliveryId)

    const [delivery] = await deliveriesOf(client, user, webhook.id, { status: 'failed' })
    assert.containsSubset(delivery, {
      attempts: 7,
      responseStatus: 503,
      error: 'status',
      nextAttemptAt: null,
      deliveredAt: null,
    })
    assert.lengthOf(delivery.attemptsLog, 7)
    assert.lengthOf(receiver.letters, 7)
    assert.isTrue(await isEnabled(client, user, webhook.id))
  })

  test('disable a webhook, and its owner is told', async ({ client, assert }) => {
    receiver.answers(...Array.from({ length: 35 }, () => 500))
    const { user, webhook } = await begun(client, receiver)
    for (let given = 0; given < 4; given++) {
      await exhaust(user, await ping(client, user, webhook.id))
    }
    const before = await showWebhook(client, user, webhook.id)
    const last = await ping(client, user, webhook.id)
    const waits = await ping(client, user, webhook.id)

    await exhaust(user, last)

    const after = await showWebhook(client, user, webhook.id)
    const letter = await mailbox().next(user.email, DISABLED)
    assert.isTrue(before.enabled)
    assert.containsSubset(after, { enabled: false, disabledReason: 'failing' })
    const deliveries = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(
      deliveries.find(({ id }: { id: string }) => id === waits),
      { status: 'failed', error: 'disabled', attempts: 0 }
    )
    assert.include(letter.mail.text, webhook.id)
    assert.include(String(letter.mail.html), webhook.id)
    assert.notInclude(letter.raw, receiver.url)
    assert.lengthOf(
      mailbox()
        .to(user.email)
        .filter(({ mail }) => DISABLED.test(mail.subject!)),
      1
    )
    const [entry, ...others] = await disablings(user)
    assert.containsSubset(entry, { subject_id: webhook.id, actor_type: 'system' })
    assert.lengthOf(others, 0)
    const published = await waiting(user, 'publish-activity')
    const { payload } = published.at(-1)
    const told = await tenant.transaction(user.id, (trx) => activity.read(payload, trx))
    assert.containsSubset(told, [{ type: 'webhook.disabled', subjectId: webhook.id }])
  })

  test('are forgotten after a success', async ({ client, assert }) => {
    const { user, webhook } = await begun(client, receiver)
    for (let round = 0; round < 2; round++) {
      for (let given = 0; given < 4; given++) {
        receiver.answers(...Array.from({ length: 7 }, () => 500))
        await exhaust(user, await ping(client, user, webhook.id))
      }
      await attempt(user, await ping(client, user, webhook.id))
    }

    const { enabled } = await showWebhook(client, user, webhook.id)

    assert.isTrue(enabled)
  })

  test('that somebody asks for again and again do not count', async ({ client, assert }) => {
    receiver.answers(...Array.from({ length: 17 }, () => 500))
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)
    await exhaust(user, deliveryId)

    for (let times = 0; times < 10; times++) {
      await retry(client, user, webhook.id, deliveryId)
      await attempt(user, deliveryId)
    }

    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'failed', attempts: 17 })
    assert.isTrue(await isEnabled(client, user, webhook.id))
  })

  test('for three days disable too', async ({ client, assert }) => {
    receiver.answers(500, 500)
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)
    await attempt(user, deliveryId)
    await failForThreeDays(webhook)

    await attempt(user, deliveryId)

    assert.containsSubset(await showWebhook(client, user, webhook.id), {
      enabled: false,
      disabledReason: 'failing',
    })
    await mailbox().next(user.email, DISABLED)
  })

  test('are left behind with the address', async ({ client, assert }) => {
    receiver.answers(500, 500)
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)
    await attempt(user, deliveryId)
    await failForThreeDays(webhook)
    const url = `${receiver.url}/elsewhere`
    await client.patch(`${WEBHOOKS}/${webhook.id}`).loginAs(user).json({ url })

    await attempt(user, deliveryId)

    assert.isTrue(await isEnabled(client, user, webhook.id))
  })

  test('410 disables at once', async ({ client, assert }) => {
    receiver.answers(410)
    const { user, webhook } = await begun(client, receiver)

    await attempt(user, await ping(client, user, webhook.id))

    const after = await showWebhook(client, user, webhook.id)
    assert.containsSubset(after, { enabled: false, disabledReason: 'gone' })
    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'failed', attempts: 1, responseStatus: 410 })
    const { mail } = await mailbox().next(user.email, DISABLED)
    assert.include(mail.text, '410')
  })

  test('start anew once it is enabled', async ({ client, assert }) => {
    receiver.answers(410)
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)
    await attempt(user, deliveryId)
    const path = `${WEBHOOKS}/${webhook.id}`

    const enabled = await client.patch(path).loginAs(user).json({ enabled: true })
    const retried = await retry(client, user, webhook.id, deliveryId)
    await attempt(user, deliveryId)

    assert.containsSubset(enabled.body(), { enabled: true, disabledReason: null })
    retried.assertStatus(202)
    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'delivered', attempts: 2 })
  })

  test('of our own are tried again', async ({ client, assert }) => {
    const { user, webhook } = await begun(client, receiver)
    const deliveryId = await ping(client, user, webhook.id)
    const job = await app.container.make(DeliverWebhook)

    await job.rescue({ userId: user.id, deliveryId, attempt: 0 })

    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'pending', attempts: 1, error: 'internal' })
    await attempt(user, deliveryId)
    assert.lengthOf(receiver.letters, 1)
  })

  test('go with all deliveries after 30 days', async ({ client, assert }) => {
    const { user, webhook } = await begun(client, receiver)
    const [old, recent] = [
      await ping(client, user, webhook.id),
      await ping(client, user, webhook.id),
    ]
    await client.post(`${WEBHOOKS}/${webhook.id}/secret`).loginAs(user)
    const age = (id: string, days: number) =>
      system.transaction((trx) =>
        trx.rawQuery(
          `UPDATE webhook_deliveries SET created_at = now() - ? * interval '1 day' WHERE id = ?`,
          [days, id]
        )
      )
    await age(old, 30.1)
    await age(recent, 29.9)
    await system.transaction((trx) =>
      trx.rawQuery('UPDATE webhooks SET previous_secret_until = now() WHERE id = ?', [webhook.id])
    )

    await new ForgetWebhookDeliveries().handle()

    const kept = await deliveriesOf(client, user, webhook.id)
    assert.deepEqual(
      kept.map(({ id }: { id: string }) => id),
      [recent]
    )
    const row = await system.transaction((trx) =>
      trx.from('webhooks').where('id', webhook.id).first()
    )
    assert.isNull(row.previous_secret_sealed)
  })
})
