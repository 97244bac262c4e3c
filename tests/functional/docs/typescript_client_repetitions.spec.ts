import { test } from '@japa/runner'
import { household } from '#tests/support/household'
import {
  connect,
  credentials,
  typescriptClient,
  type Client,
} from '#tests/support/typescript_client'

const SUMMARY = '/api/v1/wallet/summary'
const TRANSACTIONS = '/api/v1/transactions'

/** Sends requests, and loses the first answer to those of this kind. */
function losing(isMeant: (request: Request) => boolean) {
  const state = { sent: 0 }
  const send = async (request: Request) => {
    const response = await fetch(request)
    if (!isMeant(request) || state.sent++) return response
    throw new TypeError('the connection broke')
  }
  return { state, send }
}

test.group('TypeScript client / repetitions', (group) => {
  group.each.timeout(60_000)

  test('of a write whose answer was lost have one effect', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { state, send } = losing(({ url }) => url.endsWith('/transactions'))
    const { finora } = await connect({ fetch: send })
    await finora.signIn(credentials(user))

    const { data } = await finora.api.POST(TRANSACTIONS, {
      body: { accountId: checking.id, amount: -750, bookedOn: '2026-01-20', payee: 'Kiosk' },
    })

    assert.equal(state.sent, 2)
    assert.equal(data?.amount, -750)
    const { data: summary } = await finora.api.GET(SUMMARY)
    assert.equal(summary?.totalBalance, -750)
  })

  test('keep their key through a renewal', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { inMemory } = await typescriptClient()
    const store = inMemory()
    const { finora, made } = await connect({ store })
    await finora.signIn(credentials(user))
    const { refreshToken } = (await store.load())!
    await store.save({ accessToken: 'expired', refreshToken })

    await finora.api.POST(TRANSACTIONS, {
      body: { accountId: checking.id, amount: -1, bookedOn: '2026-01-20', payee: 'Kiosk' },
    })

    const keys = made(`POST ${TRANSACTIONS}`).map(({ headers }) => headers.get('idempotency-key'))
    assert.lengthOf(keys, 2)
    assert.isString(keys[0])
    assert.equal(keys[0], keys[1])
  })

  test('are not made of what nobody knows the outcome of', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { state, send } = losing(({ method }) => method === 'DELETE')
    const { finora } = await connect({ fetch: send })
    await finora.signIn(credentials(user))

    const error = await finora.api
      .DELETE('/api/v1/wallet/accounts/{id}', { params: { path: { id: checking.id } } })
      .catch((reason: Client.FinoraError) => reason)

    assert.containsSubset(error, { status: 0, code: 'Unreachable' })
    assert.equal(state.sent, 1)
  })

  test('are not made of an exchange of tokens', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    const { inMemory } = await typescriptClient()
    const store = inMemory()
    const { state, send } = losing(({ url }) => url.endsWith('/refresh'))
    const { finora } = await connect({ store, fetch: send })
    await finora.signIn(credentials(user))
    const { refreshToken } = (await store.load())!
    await store.save({ accessToken: 'expired', refreshToken })

    await assert.rejects(() => finora.api.GET(SUMMARY), 'No answer came')

    assert.equal(state.sent, 1)
    assert.isDefined(await store.load())
  })

  test('end', async ({ assert }) => {
    const { client, finora, requests } = await connect({
      token: 'fin_pat_whatever',
      patience: { pause: 1, retries: 2 },
      fetch: () => Promise.reject(new TypeError('nobody there')),
    })

    const error = await finora.api.GET(SUMMARY).catch((reason: Client.FinoraError) => reason)

    assert.isTrue(error instanceof client.FinoraError)
    assert.lengthOf(requests, 3)
  })

  test('are not made when the server asks for too much patience', async ({ assert }) => {
    const { finora, requests } = await connect({
      token: 'fin_pat_whatever',
      fetch: async () => new Response('null', { status: 429, headers: { 'retry-after': '3600' } }),
    })

    const error = await finora.api.GET(SUMMARY).catch((reason: Client.FinoraError) => reason)

    assert.containsSubset(error, { status: 429, retryAfter: 3_600 })
    assert.lengthOf(requests, 1)
  })

  test('end with the caller’s own reason when they are called off', async ({ assert }) => {
    const calledOff = new AbortController()
    const reason = new Error('the window closed')
    const { finora } = await connect({
      token: 'fin_pat_whatever',
      patience: { pause: 10_000 },
      fetch: () => Promise.reject(new TypeError('nobody there')),
    })

    const asked = finora.api.GET(SUMMARY, { signal: calledOff.signal })
    calledOff.abort(reason)

    const error = await asked.catch((thrown: unknown) => thrown)
    assert.equal(error, reason)
  })
})
