import { test } from '@japa/runner'
import { ApiProcess } from '#tests/support/api_process'
import { household, PASSWORD } from '#tests/support/household'
import { LiveClient } from '#tests/support/live_client'
import { eventually } from '#tests/support/eventually'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'
import type User from '#users/models/user'
import type Account from '#wallet/models/account'

async function post(url: string, path: string, json: object, token?: string) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(json),
  })
  return response.json()
}

async function signIn({ url }: ApiProcess, { email }: User): Promise<string> {
  const { accessToken } = (await post(url, '/auth/login', { email, password: PASSWORD })) as {
    accessToken: string
  }
  return accessToken
}

/** Books by one server what leaves less on the account than is asked for. */
async function overspend({ url }: ApiProcess, token: string, { id: accountId }: Account) {
  await post(
    url,
    '/notifications/alerts',
    { kind: 'lowBalance', threshold: 100_00, currency: 'EUR' },
    token
  )
  const booking = { accountId, amount: -450_00, bookedOn: '2026-01-15', payee: 'Piano shop' }
  const { id } = (await post(url, '/transactions', booking, token)) as { id: string }
  return id
}

test.group('Live events', (group) => {
  group.each.timeout(180_000)

  test('reach the clients of every server', async ({ assert, cleanup }) => {
    const [one, other] = await Promise.all([ApiProcess.start(), ApiProcess.start()])
    cleanup(() => Promise.all([one.stop(), other.stop()]).then(() => {}))
    const worker = new WorkerProcess()
    cleanup(() => worker.kill())
    const { user, checking } = await household({ checking: 500_00 })
    const token = await signIn(one, user)
    const followers = await Promise.all(
      [one, other].map(({ url }) => LiveClient.open(token, { url }))
    )
    await Promise.all(followers.map((follower) => follower.next('ledger')))

    const id = await overspend(one, token, checking)

    const seen = await Promise.all(
      followers.map((follower) =>
        follower.next('ledger', ({ subject }) => subject?.id === id, 60_000)
      )
    )
    const told = await Promise.all(
      followers.map((follower) => follower.next('notification', () => true, 60_000))
    )
    assert.deepEqual(seen[0].data, seen[1].data)
    assert.deepEqual(told[0].data, told[1].data)
    assert.equal(told[0].data.kind, 'alert.triggered')
  })

  test('come without Redis, later', async ({ assert, cleanup }) => {
    const redis = new PrivateRedis()
    await redis.start()
    cleanup(() => redis.stop())
    const api = await ApiProcess.start({ REDIS_PORT: String(redis.port), REDIS_PASSWORD: '' })
    cleanup(() => api.stop())
    const worker = new WorkerProcess()
    cleanup(() => worker.kill())
    const { user, checking } = await household({ checking: 500_00 })
    const token = await signIn(api, user)
    const follower = await LiveClient.open(token, { url: api.url })
    await follower.next('ledger')
    await redis.stop()

    await overspend(api, token, checking)

    const { data } = await follower.next('notification', () => true, 60_000)
    assert.equal(data.kind, 'alert.triggered')
  })

  test('end with their server', async ({ assert, cleanup }) => {
    const api = await ApiProcess.start()
    cleanup(() => api.stop())
    const { user } = await household({})
    const token = await signIn(api, user)
    const followers = await Promise.all(
      Array.from({ length: 3 }, () => LiveClient.open(token, { url: api.url }))
    )
    await Promise.all(followers.map((follower) => follower.next('ledger')))

    await assert.doesNotReject(() => api.stop())

    await eventually(() => followers.every(({ isOver }) => isOver))
  })
})
