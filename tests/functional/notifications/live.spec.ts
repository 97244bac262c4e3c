import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { SignJWT } from 'jose'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { jwt } from '#config/jwt'
import { live } from '#config/notifications'
import { tenant } from '#core/database/tenant'
import { liveStreams } from '#notifications/services/live_streams'
import { eventually } from '#tests/support/eventually'
import { household, newcomer, record } from '#tests/support/household'
import { LiveClient, ownUrl } from '#tests/support/live_client'
import { confirmed, PATH, tellAll, told } from '#tests/support/notifications'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

/** Clients of a test, closed with it. */
async function looksOn(
  client: ApiClient,
  user: User,
  cleanup: (handler: () => void) => void,
  options: { lastEventId?: string } = {}
) {
  const { accessToken } = await signIn(client, user)
  const follower = await LiveClient.open(accessToken, options)
  cleanup(() => follower.close())
  return follower
}

const isAlert = ({ kind }: { kind: string }) => kind === 'alert.triggered'

/** An access token as a session has one, for as many seconds. */
async function tokenFor(client: ApiClient, user: User, seconds: number) {
  const { accessToken } = await signIn(client, user)
  const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString())
  const expiresAt = Math.floor(Date.now() / 1_000) + seconds
  return new SignJWT({ ...claims, exp: expiresAt })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: jwt.current.id })
    .sign(jwt.current.key)
}

test.group('Live events', () => {
  test('begin with the version of the ledger', async ({ client, assert, cleanup }) => {
    const { user } = await household({ checking: 0 })

    const follower = await looksOn(client, user, cleanup)

    const { id, data } = await follower.next('ledger')
    const row = await tenant.transaction(user.id, (trx) => trx.from('users').firstOrFail())
    assert.deepEqual(data, { version: row.ledger_version, type: null, subject: null })
    assert.match(id, /^\d+\.\d+$/)
    assert.equal(follower.status, 200)
    assert.match(follower.headers.get('content-type')!, /^text\/event-stream/)
    assert.match(follower.headers.get('cache-control')!, /no-store/)
  })

  test('tell of what is booked', async ({ client, assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    await tellAll(user)
    const follower = await looksOn(client, user, cleanup)
    const { data: start } = await follower.next('ledger')

    const { id } = await record(user, { accountId: checking.id, amount: -1_00 })
    await tellAll(user)

    const { data } = await follower.next('ledger', ({ subject }) => subject?.id === id)
    assert.equal(data.type, 'transaction.created')
    assert.equal(data.subject.type, 'transaction')
    assert.equal(data.version, start.version + 1)
  })

  test('bring notifications to every client of their user', async ({ client, assert, cleanup }) => {
    const { user, checking } = await household({ checking: 500_00 })
    const stranger = await newcomer()
    await client
      .post(`${PATH}/alerts`)
      .loginAs(user)
      .json({ kind: 'lowBalance', threshold: 100_00, currency: 'EUR' })
    const followers = [await looksOn(client, user, cleanup), await looksOn(client, user, cleanup)]
    const other = await looksOn(client, stranger, cleanup)
    await other.next('ledger')
    await record(user, { accountId: checking.id, amount: -450_00 })

    await tellAll(user)

    const [first, second] = await Promise.all(
      followers.map((follower) => follower.next('notification', isAlert))
    )
    const shown = await client.get(`${PATH}/${first.data.id}`).loginAs(user)
    assert.deepEqual(first.data, shown.body())
    assert.deepEqual(second.data, first.data)
    await sleep(200)
    assert.lengthOf(other.events, 1)
    assert.lengthOf(
      followers[0].of('notification').filter(({ data }) => isAlert(data)),
      1
    )
  })

  test('go on where a client stopped', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    await told(user)
    const follower = await looksOn(client, user, cleanup)
    const { id: start } = await follower.next('ledger')
    const seen = await told(user)
    await liveStreams.beat()
    const { id: last } = await follower.next('notification')
    follower.close()
    const missed = [await told(user), await told(user)]

    const again = await looksOn(client, user, cleanup, { lastEventId: last })
    const fromStart = await looksOn(client, user, cleanup, { lastEventId: start })

    await eventually(() => again.of('notification').length === 2)
    await eventually(() => fromStart.of('notification').length === 3)
    const idsOf = (each: LiveClient) => each.of('notification').map(({ data }) => data.id)
    assert.deepEqual(idsOf(again), missed)
    assert.deepEqual(idsOf(fromStart), [seen, ...missed])
    assert.lengthOf(again.of('ledger'), 0)
  })

  test('bring more than a page of what was missed', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const missed: string[] = []
    for (let each = 0; each < 130; each++) missed.push(await told(user))

    const follower = await looksOn(client, user, cleanup, { lastEventId: '0.0' })

    await eventually(() => follower.of('notification').length === missed.length)
    const ids = follower.of('notification').map(({ data }) => data.id)
    assert.deepEqual(ids, missed)
  })

  test('come with a heartbeat when no message did', async ({ client, assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    const follower = await looksOn(client, user, cleanup)
    const { data: start } = await follower.next('ledger')
    const id = await told(user)
    await record(user, { accountId: checking.id, amount: -1_00 })

    await liveStreams.beat()

    const { data } = await follower.next('notification')
    const ledger = await follower.next('ledger', ({ version }) => version > start.version)
    assert.equal(data.id, id)
    assert.isNull(ledger.data.type)
    assert.include(follower.comments, ': still here')
  })

  test('tell nothing that is not wanted in the app', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const follower = await looksOn(client, user, cleanup)
    await follower.next('ledger')
    const hidden = await told(user)
    await tenant.transaction(user.id, (trx) =>
      trx.from('notifications').where('id', hidden).update({ in_app: false })
    )
    const shown = await told(user)

    await liveStreams.beat()

    await follower.next('notification')
    assert.deepEqual(
      follower.of('notification').map(({ data }) => data.id),
      [shown]
    )
  })
})

test.group('Live events / who may listen', () => {
  test('end with the session', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const follower = await looksOn(client, user, cleanup)
    const other = await looksOn(client, user, cleanup)
    await follower.next('ledger')
    const { accessToken } = await signIn(client, user)
    const sessions = await client.get('/api/v1/auth/sessions').bearerToken(accessToken)
    const { id } = sessions.body().data.at(-1)

    await client.delete(`/api/v1/auth/sessions/${id}`).bearerToken(accessToken)
    await tellAll(user)

    await eventually(() => follower.isOver)
    assert.isFalse(other.isOver)
  })

  test('tell nothing between the end of a session and its message', async ({
    client,
    assert,
    cleanup,
  }) => {
    const user = await newcomer()
    const follower = await looksOn(client, user, cleanup)
    await follower.next('ledger')
    await client.post('/api/v1/auth/logout-all').loginAs(user)
    await told(user)

    await liveStreams.beat()

    await eventually(() => follower.isOver)
    assert.lengthOf(follower.of('notification'), 0)
  })

  test('end with the access token', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const follower = await LiveClient.open(await tokenFor(client, user, 2))
    cleanup(() => follower.close())
    await follower.next('ledger')
    await liveStreams.beat()
    await sleep(200)
    const wasOpen = !follower.isOver
    await sleep(2_000)
    await told(user)

    await liveStreams.beat()

    await eventually(() => follower.isOver)
    assert.isTrue(wasOpen)
    assert.lengthOf(follower.of('notification'), 0)
  })

  test('come to programs, until their token is revoked', async ({ client, assert, cleanup }) => {
    const user = await confirmed(await newcomer())
    const { accessToken } = await signIn(client, user)
    const made = await client
      .post('/api/v1/auth/tokens')
      .bearerToken(accessToken)
      .json({ name: 'Ticker', scopes: ['read'] })
    const follower = await LiveClient.open(made.body().token)
    cleanup(() => follower.close())
    await follower.next('ledger')
    await told(user)
    await liveStreams.beat()
    await follower.next('notification')

    await client.delete(`/api/v1/auth/tokens/${made.body().id}`).bearerToken(accessToken)
    await told(user)
    await liveStreams.beat()

    await eventually(() => follower.isOver)
    assert.lengthOf(follower.of('notification'), 1)
  })

  test('ask for a token, and none in the address', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    const without = await fetch(`${ownUrl()}${PATH}/events`)
    const inAddress = await fetch(`${ownUrl()}${PATH}/events?access_token=${accessToken}`)

    assert.deepEqual([without.status, inAddress.status], [401, 401])
  })

  test('refuse an id they never sent', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    for (const lastEventId of ['x', '1', '1.2.3', '9'.repeat(20)]) {
      const { status } = await LiveClient.open(accessToken, { lastEventId })
      assert.equal(status, 422)
    }
  })

  test('answer HEAD without staying', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    const response = await fetch(`${ownUrl()}${PATH}/events`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${accessToken}` },
    })

    assert.equal(response.status, 200)
    assert.equal(liveStreams.countOf(user.id), 0)
  })
})

test.group('Live events / bounds', () => {
  test('are ten for a user', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const open = () => LiveClient.open(accessToken)
    const all = await Promise.all(Array.from({ length: live.streams + 5 }, open))
    cleanup(() => all.forEach((follower) => follower.close()))
    const followers = all.filter(({ status }) => status === 200)

    const refused = await open()
    cleanup(() => refused.close())
    followers[0].close()
    await eventually(() => liveStreams.countOf(user.id) === live.streams - 1)
    const next = await open()
    cleanup(() => next.close())

    assert.lengthOf(followers, 10)
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '30')
    assert.equal(next.status, 200)
  })

  test('cut off who doesn’t read', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const body = 'x'.repeat(1_000)
    for (let each = 0; each < 60; each++) await told(user, { body })
    const headers = { 'authorization': `Bearer ${accessToken}`, 'last-event-id': '0.0' }
    const { HOST: host, PORT: port } = process.env
    const asked = request({ host, port, path: `${PATH}/events`, headers, agent: false })
    asked.on('response', (response) => response.pause())
    asked.on('error', () => {})
    cleanup(() => void asked.destroy())
    asked.end()
    await eventually(() => liveStreams.countOf(user.id) === 1)

    await eventually(async () => {
      await tenant.transaction(user.id, (trx) =>
        trx.rawQuery(
          `UPDATE notifications SET position = DEFAULT WHERE deleted_at IS NULL AND user_id = ?`,
          [user.id]
        )
      )
      await liveStreams.beat()
      return liveStreams.countOf(user.id) === 0
    }, 25_000)

    assert.equal(liveStreams.countOf(user.id), 0)
  })
})
