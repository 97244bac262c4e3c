import { test } from '@japa/runner'
import { eventually } from '#tests/support/eventually'
import { newcomer } from '#tests/support/household'
import { silence, WebhookReceiver } from '#tests/support/webhook_receiver'
import { deliveriesOf, makeWebhook, ping } from '#tests/support/webhooks'
import { WorkerProcess } from '#tests/support/worker_process'

test.group('Webhooks / faults', () => {
  test('survive a worker that is killed amid a delivery', async ({ client, assert, cleanup }) => {
    const receiver = await WebhookReceiver.start()
    receiver.answers(silence)
    cleanup(() => receiver.stop())
    const user = await newcomer()
    const { id } = await makeWebhook(client, user, { url: receiver.url, events: ['export.ready'] })
    await ping(client, user, id)
    let worker = new WorkerProcess()
    cleanup(() => worker.kill())

    await receiver.has(1, 30_000)
    await worker.kill()
    const [underWay] = await deliveriesOf(client, user, id)
    worker = new WorkerProcess()
    await receiver.has(2, 30_000)
    await eventually(async () => {
      const delivered = await deliveriesOf(client, user, id, { status: 'delivered' })
      return delivered.length === 1
    })

    assert.containsSubset(underWay, { status: 'pending', attempts: 0 })
    const [first, second] = receiver.letters
    assert.equal(second.body, first.body)
    assert.equal(second.headers['finora-delivery'], first.headers['finora-delivery'])
    const [delivery] = await deliveriesOf(client, user, id)
    assert.containsSubset(delivery, { attempts: 1, responseStatus: 204 })
    assert.lengthOf(receiver.letters, 2)
  })
})
