import { createHmac, randomUUIDv7 } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import AnnounceToWebhooks from '#notifications/actions/announce_to_webhooks'
import { eventually } from '#tests/support/eventually'
import { household, newcomer, record } from '#tests/support/household'
import { QueueFixture } from '#tests/support/queues'
import { redirect, REFUSED, silence, WebhookReceiver } from '#tests/support/webhook_receiver'
import type { Letter } from '#tests/support/webhook_receiver'
import {
  attempt,
  bringForward,
  deliveriesOf,
  makeWebhook,
  ping,
  retry,
  waiting,
  WEBHOOKS,
} from '#tests/support/webhooks'

/** The marks of a signature, by a receiver that knows RFC 2104 and nothing of ours. */
function marksOf({ headers }: Letter) {
  const [time, ...marks] = String(headers['finora-signature']).split(',')
  return { time: time.slice('t='.length), marks: marks.map((mark) => mark.slice('v1='.length)) }
}

function verifies(letter: Letter, secret: string) {
  const { time, marks } = marksOf(letter)
  const expected = createHmac('sha256', secret).update(`${time}.${letter.body}`).digest('hex')
  return marks.includes(expected) && Math.abs(Date.now() / 1_000 - Number(time)) < 60
}

test.group('Webhook deliveries / worker', (group) => {
  const queues = QueueFixture.setup(group)
  let receiver: WebhookReceiver

  group.each.setup(async () => {
    receiver = await WebhookReceiver.start()
    return () => receiver.stop()
  })

  test('tell of a write, signed', async ({ client, assert }) => {
    queues().startWorker([], 'notifications', 'webhooks')
    const { user, checking } = await household({ checking: 0 })
    const { id, secret } = await makeWebhook(client, user, {
      url: receiver.url,
      events: ['transaction.created'],
    })

    const bought = await record(user, { accountId: checking.id, amount: -12_99, payee: 'Bakery' })

    await receiver.has(1)
    const [letter] = receiver.letters
    const [event] = receiver.events
    await eventually(async () => {
      const [{ status }] = await deliveriesOf(client, user, id)
      return status === 'delivered'
    })
    const [delivery] = await deliveriesOf(client, user, id)
    assert.isTrue(verifies(letter, secret))
    assert.containsSubset(letter.headers, {
      'content-type': 'application/json',
      'user-agent': 'Finora-Webhooks/1',
      'finora-event': 'transaction.created',
      'finora-delivery': delivery.id,
    })
    assert.deepEqual(event, {
      id: delivery.eventId,
      type: 'transaction.created',
      createdAt: event.createdAt,
      data: { subject: { type: 'transaction', id: bought.id } },
    })
    assert.containsSubset(delivery, {
      type: 'transaction.created',
      status: 'delivered',
      attempts: 1,
      responseStatus: 204,
      error: null,
      nextAttemptAt: null,
    })
    assert.isString(delivery.deliveredAt)
    assert.lengthOf(receiver.letters, 1)
  })

  test('answer 500, then 200: delivered once', async ({ client, assert }) => {
    receiver.answers(500, 200)
    queues().startWorker([], 'notifications', 'webhooks')
    const user = await newcomer()
    const { id, secret } = await makeWebhook(client, user, { url: receiver.url, events: ['*'] })
    await ping(client, user, id)
    await receiver.has(1)
    const [failed] = await eventually(() => deliveriesOf(client, user, id, { status: 'pending' }))
    const attempted = await eventually(async () => {
      const [delivery] = await deliveriesOf(client, user, id)
      return delivery.attempts === 1 && delivery
    })

    await bringForward()
    await receiver.has(2)

    const delivered = await eventually(async () => {
      const [delivery] = await deliveriesOf(client, user, id, { status: 'delivered' })
      return delivery
    })
    assert.equal(failed.status, 'pending')
    assert.containsSubset(attempted, { responseStatus: 500, error: 'status' })
    const pause = Date.parse(attempted.nextAttemptAt) - Date.parse(attempted.attemptsLog[0].at)
    assert.isTrue(pause >= 48_000 && pause <= 72_000, `${pause} ms`)
    assert.containsSubset(delivered, { attempts: 2, responseStatus: 200, error: null })
    assert.deepEqual(
      delivered.attemptsLog.map((each: { responseStatus: number }) => each.responseStatus),
      [500, 200]
    )
    const [first, second] = receiver.letters
    assert.equal(first.body, second.body)
    assert.isTrue(verifies(second, secret))
    assert.lengthOf(receiver.letters, 2)
  })

  test('of one user are two at a time', async ({ client, assert }) => {
    let most = 0
    const open = new Set<ServerResponse>()
    const slowly = (response: ServerResponse) => {
      most = Math.max(most, open.add(response).size)
      setTimeout(() => {
        open.delete(response)
        response.writeHead(204).end()
      }, 700)
    }
    receiver.answers(...Array.from({ length: 7 }, () => slowly))
    const user = await newcomer()
    const webhooks = [
      await makeWebhook(client, user, { url: receiver.url, events: ['*'] }),
      await makeWebhook(client, user, { url: receiver.url, events: ['*'] }),
    ]
    for (const { id } of [...webhooks, ...webhooks, ...webhooks]) await ping(client, user, id)

    for (let workers = 0; workers < 3; workers++) queues().startWorker([], 'webhooks')

    await eventually(async () => (await queues().open('webhooks')) === 0, 25_000)
    assert.equal(most, 2)
    assert.lengthOf(receiver.letters, 6)
    for (const { id } of webhooks) {
      const deliveries = await deliveriesOf(client, user, id)
      assert.lengthOf(deliveries, 3)
      for (const each of deliveries) {
        assert.containsSubset(each, { status: 'delivered', attempts: 1 })
      }
    }
  }).timeout(30_000)

  test('hold up nothing else', async ({ client, assert }) => {
    receiver.answers(...Array.from({ length: 6 }, () => silence))
    queues().startWorker([], 'notifications', 'webhooks')
    for (let users = 0; users < 3; users++) {
      const user = await newcomer()
      const { id } = await makeWebhook(client, user, { url: receiver.url, events: ['*'] })
      await ping(client, user, id)
      await ping(client, user, id)
    }
    await receiver.has(2)
    const { user, checking } = await household({ checking: 0 })
    const { id } = await makeWebhook(client, user, { url: receiver.url, events: ['*'] })

    await record(user, { accountId: checking.id, amount: -1 })

    const [delivery] = await eventually(async () => {
      const deliveries = await deliveriesOf(client, user, id)
      return deliveries.length > 0 && deliveries
    }, 2_000)
    assert.containsSubset(delivery, { type: 'transaction.created', attempts: 0 })
    assert.lengthOf(receiver.letters, 2)
  })

  test('of one event are one, however often it is told', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -2 })
    const all = await makeWebhook(client, user, { url: receiver.url, events: ['*'] })
    const some = await makeWebhook(client, user, {
      url: receiver.url,
      events: ['import.completed'],
    })
    await record(user, { accountId: checking.id, amount: -1 })
    const published = await waiting(user, 'publish-activity')

    const announce = new AnnounceToWebhooks()
    const twice = [...published, ...published]
    await Promise.all(twice.map(({ payload }) => announce.handle(payload)))

    assert.lengthOf(await deliveriesOf(client, user, all.id), 1)
    assert.lengthOf(await deliveriesOf(client, user, some.id), 0)
    assert.lengthOf(await waiting(user, 'deliver-webhook'), 1)
  })
})

test.group('Webhook deliveries', (group) => {
  let receiver: WebhookReceiver

  group.each.setup(async () => {
    receiver = await WebhookReceiver.start()
    return () => receiver.stop()
  })

  /** A webhook and a ping on its way to it. */
  async function pinged(
    client: Parameters<typeof makeWebhook>[0],
    { url = receiver.url }: { url?: string } = {}
  ) {
    const user = await newcomer()
    const webhook = await makeWebhook(client, user, { url, events: ['*'] })
    return { user, webhook, deliveryId: await ping(client, user, webhook.id) }
  }

  test('follow no redirect to loopback', async ({ client, assert, cleanup }) => {
    const neighbour = await WebhookReceiver.start(REFUSED)
    cleanup(() => neighbour.stop())
    receiver.answers(redirect(neighbour.url))
    const { user, webhook, deliveryId } = await pinged(client)

    await attempt(user, deliveryId)

    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'pending', responseStatus: null, error: 'address' })
    assert.lengthOf(receiver.letters, 1)
    assert.lengthOf(neighbour.letters, 0)
  })

  test('go to no name that is private', async ({ client, assert, cleanup }) => {
    const neighbour = await WebhookReceiver.start(REFUSED)
    cleanup(() => neighbour.stop())
    const url = `http://localhost:${neighbour.port}/hook`
    const { user, webhook, deliveryId } = await pinged(client, { url })

    await attempt(user, deliveryId)

    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'pending', error: 'address' })
    assert.lengthOf(neighbour.letters, 0)
  })

  test('do not tell which names there are', async ({ client, assert }) => {
    const told: unknown[] = []
    for (const host of ['localhost', 'nothing.invalid']) {
      const { user, webhook, deliveryId } = await pinged(client, { url: `http://${host}/hook` })
      await attempt(user, deliveryId)
      const [{ attemptsLog, error, durationMs }] = await deliveriesOf(client, user, webhook.id)
      const [{ at, ...logged }] = attemptsLog
      told.push({ error, durationMs, logged })
    }

    const silent = { responseStatus: null, durationMs: null, error: 'address' }
    const { responseStatus, ...shown } = silent
    assert.deepEqual(told, [
      { ...shown, logged: silent },
      { ...shown, logged: silent },
    ])
  })

  test('leave a receiver alone that let one time out', async ({ client, assert }) => {
    receiver.answers(silence)
    const { user, webhook, deliveryId } = await pinged(client)
    const other = await ping(client, user, webhook.id)

    await attempt(user, deliveryId)
    await attempt(user, other)
    const [rested, timedOut] = await deliveriesOf(client, user, webhook.id)
    await bringForward()
    await attempt(user, deliveryId)
    await attempt(user, other)

    assert.containsSubset(timedOut, { status: 'pending', attempts: 1, error: 'timeout' })
    assert.closeTo(timedOut.durationMs, 10_000, 1_000)
    assert.containsSubset(rested, { status: 'pending', attempts: 1, error: 'resting' })
    assert.lengthOf(receiver.letters, 3)
    assert.lengthOf(await deliveriesOf(client, user, webhook.id, { status: 'delivered' }), 2)
  })

  test('rest after a slow answer, whatever it says', async ({ client, assert }) => {
    receiver.answers((response) => setTimeout(() => response.writeHead(204).end(), 3_100))
    const { user, webhook, deliveryId } = await pinged(client)
    const other = await ping(client, user, webhook.id)

    await attempt(user, deliveryId)
    await attempt(user, other)

    const [rested, slow] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(slow, { status: 'delivered', attempts: 1, responseStatus: 204 })
    assert.containsSubset(rested, { status: 'pending', attempts: 1, error: 'resting' })
    assert.lengthOf(receiver.letters, 1)
  })

  test('are signed with both secrets for a day', async ({ client, assert }) => {
    const { user, webhook, deliveryId } = await pinged(client)
    const rotated = await client.post(`${WEBHOOKS}/${webhook.id}/secret`).loginAs(user)
    const { secret } = rotated.body()

    await attempt(user, deliveryId)
    await system.transaction((trx) =>
      trx.rawQuery('UPDATE webhooks SET previous_secret_until = now() WHERE id = ?', [webhook.id])
    )
    await attempt(user, await ping(client, user, webhook.id))

    const [both, newest] = receiver.letters
    assert.isTrue(verifies(both, webhook.secret))
    assert.isTrue(verifies(both, secret))
    assert.lengthOf(marksOf(both).marks, 2)
    assert.isTrue(verifies(newest, secret))
    assert.lengthOf(marksOf(newest).marks, 1)
  })

  test('are made once for each attempt', async ({ client, assert }) => {
    receiver.answers(500)
    const { user, webhook, deliveryId } = await pinged(client)
    const [{ payload }] = await waiting(user, 'deliver-webhook')
    await attempt(user, deliveryId)

    const { default: Deliver } = await import('#notifications/actions/deliver_webhook')
    const { default: Record } = await import('#notifications/actions/record_webhook_attempt')
    await new Deliver(new Record()).handle(payload)

    assert.equal(payload.attempt, 0)
    assert.lengthOf(receiver.letters, 1)
    const [{ attempts }] = await deliveriesOf(client, user, webhook.id)
    assert.equal(attempts, 1)
    assert.lengthOf(await waiting(user, 'deliver-webhook'), 2)
  })

  test('are sent again when asked', async ({ client, assert }) => {
    const { user, webhook, deliveryId } = await pinged(client)
    await attempt(user, deliveryId)
    const jobs = await waiting(user, 'deliver-webhook')

    const answer = await retry(client, user, webhook.id, deliveryId)
    const again = await retry(client, user, webhook.id, deliveryId)
    const asked = await waiting(user, 'deliver-webhook')
    await attempt(user, deliveryId)

    answer.assertStatus(202)
    again.assertStatus(202)
    assert.containsSubset(answer.body(), { id: deliveryId, status: 'pending', attempts: 1 })
    assert.lengthOf(asked, jobs.length + 1)
    const [first, second] = receiver.letters
    assert.equal(second.body, first.body)
    assert.equal(second.headers['finora-delivery'], first.headers['finora-delivery'])
    const [delivery] = await deliveriesOf(client, user, webhook.id)
    assert.containsSubset(delivery, { status: 'delivered', attempts: 2 })
  })

  test('are listed page by page', async ({ client, assert }) => {
    const { user, webhook } = await pinged(client)
    for (let more = 0; more < 4; more++) await ping(client, user, webhook.id)
    const page = (query: object) =>
      client.get(`${WEBHOOKS}/${webhook.id}/deliveries`).qs(query).loginAs(user)

    const all = await page({})
    const first = await page({ limit: 3 })
    const second = await page({ limit: 3, cursor: first.body().meta.nextCursor })
    const none = await page({ status: 'failed' })

    assert.deepEqual([...first.body().data, ...second.body().data], all.body().data)
    assert.lengthOf(all.body().data, 5)
    assert.isNull(second.body().meta.nextCursor)
    assert.deepEqual(none.body().data, [])
  })

  test('are nobody else’s business', async ({ client, assert }) => {
    const { webhook, deliveryId } = await pinged(client)
    const stranger = await newcomer()
    const own = await makeWebhook(client, stranger, { url: receiver.url, events: ['*'] })
    const ask = async (id: string, delivery: string) => {
      const answers = [
        await client.get(`${WEBHOOKS}/${id}/deliveries`).loginAs(stranger),
        await client.post(`${WEBHOOKS}/${id}/ping`).loginAs(stranger),
        await client.post(`${WEBHOOKS}/${id}/secret`).loginAs(stranger),
        await retry(client, stranger, id, delivery),
        await retry(client, stranger, own.id, delivery),
      ]
      return answers.map((answer) => answer.status())
    }

    const theirs = await ask(webhook.id, deliveryId)
    const nobodys = await ask(randomUUIDv7(), randomUUIDv7())

    assert.deepEqual(theirs, [404, 404, 404, 404, 404])
    assert.deepEqual(nobodys, theirs)
  })
})
