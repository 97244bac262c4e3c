import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { eventually } from '#tests/support/eventually'
import { household, record } from '#tests/support/household'
import {
  compile,
  connect,
  credentials,
  typescriptClient,
  type Client,
} from '#tests/support/typescript_client'

const run = promisify(execFile)
const SUMMARY = '/api/v1/wallet/summary'

test.group('TypeScript client', (group) => {
  group.each.timeout(60_000)

  test('signs in, asks and signs out', async ({ assert }) => {
    const { user } = await household({ checking: 4_200 })
    const { finora } = await connect()

    const { id } = await finora.signIn(credentials(user))
    const { data } = await finora.api.GET(SUMMARY)
    await finora.signOut()

    assert.equal(id, user.id)
    assert.equal(data?.totalBalance, 4_200)
    await assert.rejects(() => finora.api.GET(SUMMARY), /Unauthenticated|sign/i)
  })

  test('says what is wrong with which field', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const { finora, made } = await connect()
    await finora.signIn(credentials(user))

    const error = await finora.api
      .POST('/api/v1/wallet/accounts', { body: { name: '', type: 'checking' } })
      .catch((reason: Client.FinoraError) => reason)

    assert.containsSubset(error, { status: 422, code: 'ValidationFailed' })
    assert.deepInclude((error as Client.FinoraError).errors[0], { field: 'name' })
    assert.isString((error as Client.FinoraError).requestId)
    assert.lengthOf(made('POST /api/v1/wallet/accounts'), 1)
  })

  test('turns pages', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (let n = 1; n <= 5; n++) await record(user, { accountId: checking.id, amount: -n })
    const { finora, made } = await connect()
    await finora.signIn(credentials(user))

    const amounts: number[] = []
    for await (const { amount } of finora.each('/api/v1/transactions', { query: { limit: 2 } })) {
      amounts.push(amount)
    }

    assert.sameMembers(amounts, [-1, -2, -3, -4, -5])
    assert.lengthOf(made('GET /api/v1/transactions'), 3)
  })

  test('follows changes', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })
    const { finora } = await connect()
    await finora.signIn(credentials(user))
    const seen = async (cursor?: string) => {
      const ids: string[] = []
      for await (const { added, nextCursor } of finora.changes(cursor)) {
        ids.push(...added.map(({ id }) => id))
        cursor = nextCursor
      }
      return { ids, cursor }
    }

    const first = await seen()
    const { id } = await record(user, { accountId: checking.id, amount: -2 })
    const second = await seen(first.cursor)

    assert.lengthOf(first.ids, 1)
    assert.deepEqual(second.ids, [id])
  })

  test('is packed whole, and nothing else', async ({ assert }) => {
    const folder = app.makePath('clients/typescript')
    await compile(`${folder}/dist`)

    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: folder })

    await rm(`${folder}/dist`, { recursive: true })
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
    const paths = files.map(({ path }) => path)
    assert.includeMembers(paths, ['dist/index.js', 'dist/index.d.ts', 'dist/schema.d.ts'])
    assert.isTrue(
      paths.every((path) => /^(dist\/\w+\.(js|d\.ts)|package\.json|README\.md)$/.test(path))
    )
  })
})

test.group('TypeScript client / sessions', (group) => {
  group.each.timeout(60_000)

  test('are renewed once for all', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    const { inMemory } = await typescriptClient()
    const store = inMemory()
    const { finora, made } = await connect({ store })
    await finora.signIn(credentials(user))
    const { refreshToken } = (await store.load())!
    await store.save({ accessToken: 'expired', refreshToken })

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => finora.api.GET(SUMMARY)))

    assert.isTrue(answers.every(({ data }) => data?.totalBalance === 1))
    assert.lengthOf(made('POST /api/v1/auth/refresh'), 1)
    assert.notEqual((await store.load())!.refreshToken, refreshToken)
  })

  test('are forgotten when they are over', async ({ assert }) => {
    const { inMemory } = await typescriptClient()
    const store = inMemory({ accessToken: 'expired', refreshToken: 'made-up' })
    const { finora } = await connect({ store })

    await assert.rejects(() => finora.api.GET(SUMMARY))

    assert.isUndefined(await store.load())
    await finora.signOut()
  })

  test('of somebody who renewed meanwhile are taken over', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    const { inMemory } = await typescriptClient()
    const good = inMemory()
    const { finora: other } = await connect({ store: good })
    await other.signIn(credentials(user))
    const store = inMemory({ accessToken: 'expired', refreshToken: 'exchanged already' })
    const { finora } = await connect({
      store,
      fetch: async (request) => {
        const response = await fetch(request)
        if (request.url.endsWith('/refresh')) await store.save(await good.load())
        return response
      },
    })

    const { data } = await finora.api.GET(SUMMARY)

    assert.equal(data?.totalBalance, 1)
    assert.deepEqual(await store.load(), await good.load())
  })

  test('that are being renewed give way to a new sign-in', async ({ assert }) => {
    const { user: alice } = await household({ checking: 1 })
    const { user: bob } = await household({ checking: 2 })
    const { inMemory } = await typescriptClient()
    const store = inMemory()
    const renewing = Promise.withResolvers<void>()
    const { finora, made } = await connect({
      store,
      fetch: async (request) => {
        const response = await fetch(request)
        if (request.url.endsWith('/refresh')) await renewing.promise
        return response
      },
    })
    await finora.signIn(credentials(alice))
    const { refreshToken } = (await store.load())!
    await store.save({ accessToken: 'expired', refreshToken })

    const asked = finora.api.GET(SUMMARY)
    await eventually(() => made('POST /api/v1/auth/refresh').length === 1)
    const signedIn = finora.signIn(credentials(bob))
    renewing.resolve()
    await Promise.all([asked, signedIn])

    const { data } = await finora.api.GET(SUMMARY)
    assert.equal(data?.totalBalance, 2)
  })
})
