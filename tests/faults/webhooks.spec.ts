import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { eventually } from '#tests/support/eventually'
import { household, record } from '#tests/support/household'
import { silence, WebhookReceiver } from '#tests/support/webhook_receiver'
import { bringForward, deliveriesOf, makeWebhook } from '#tests/support/webhooks'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'
import type User from '#users/models/user'

const QUEUES = 'notifications,webhooks'

/** The one delivery of the webhook, once it is as asked. */
async function delivery(client: ApiClient, user: User, id: string, attempts: number) {
  return eventually(async () => {
    const [found, ...others] = await deliveriesOf(client, user, id)
    return others.length === 0 && found?.attempts === attempts && found
  }, 30_000)
}

test.group('Webhooks / faults', (group) => {
  let receiver: WebhookReceiver
  let worker: WorkerProcess | undefined

  group.each.setup(async () => {
    receiver = await WebhookReceiver.start()
    return () => receiver.stop()
  })
  group.each.teardown(() => worker?.kill())

  /** A webhook, and something for it to hear of. */
  async function told(client: ApiClient) {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await makeWebhook(client, user, {
      url: receiver.url,
      events: ['transaction.created'],
    })
    const { id: transactionId } = await record(user, { accountId: checking.id, amount: -1 })
    return { user, id, transactionId }
  }

  test('survive a worker that is killed amid a delivery', async ({ client, assert }) => {
    receiver.answers(silence)
    const { user, id, transactionId } = await told(client)
    worker = new WorkerProcess({ queue: QUEUES })
    await receiver.has(1, 30_000)

    await worker.kill()
    const underWay = await delivery(client, user, id, 0)
    worker = new WorkerProcess({ queue: QUEUES })
    await receiver.has(2, 30_000)

    assert.equal(underWay.status, 'pending')
    const delivered = await delivery(client, user, id, 1)
    assert.containsSubset(delivered, { status: 'delivered', responseStatus: 204 })
    const [first, second] = receiver.letters
    assert.equal(second.body, first.body)
    assert.equal(second.headers['finora-delivery'], first.headers['finora-delivery'])
    assert.equal(receiver.events[0].data.subject.id, transactionId)
    assert.lengthOf(receiver.letters, 2)
  })

  test('survive a Redis that is wiped between attempts', async ({ client, assert, cleanup }) => {
    const redis = new PrivateRedis()
    await redis.start()
    cleanup(() => redis.stop())
    receiver.answers(500)
    const { user, id } = await told(client)
    worker = new WorkerProcess({ queue: QUEUES, redisPort: redis.port })
    await receiver.has(1, 30_000)
    const failed = await delivery(client, user, id, 1)

    await redis.flush()
    await bringForward()
    await receiver.has(2, 30_000)

    assert.containsSubset(failed, { status: 'pending', responseStatus: 500 })
    const delivered = await delivery(client, user, id, 2)
    assert.equal(delivered.status, 'delivered')
    assert.lengthOf(receiver.letters, 2)
  })
})
