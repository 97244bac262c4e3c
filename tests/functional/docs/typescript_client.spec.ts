import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type * as Client from '../../../clients/typescript/src/index.ts'
import { household, PASSWORD, record } from '#tests/support/household'
import { serverAddress } from '#tests/support/raw_http'
import type User from '#users/models/user'

const run = promisify(execFile)
const PACKAGE = app.makePath('clients/typescript')
const OUTPUT = app.makePath('tmp/typescript-client')
const SUMMARY = '/api/v1/wallet/summary'

let client: typeof Client

/** The client as it would be published, and who counts the requests it makes. */
function connect(options: Partial<Client.FinoraOptions> = {}) {
  const { port } = serverAddress()
  const requests: string[] = []
  const finora = new client.Finora({
    baseUrl: `http://127.0.0.1:${port}`,
    patience: { pause: 10 },
    fetch: (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`)
      return fetch(request)
    },
    ...options,
  })
  return { finora, requests }
}

function credentials({ email }: User) {
  return { email, password: PASSWORD }
}

test.group('TypeScript client', (group) => {
  group.each.timeout(60_000)

  group.setup(async () => {
    const compiler = app.makePath('node_modules/typescript/bin/tsc')
    await run(process.execPath, [compiler, '-p', PACKAGE, '--outDir', OUTPUT])
    const entry = pathToFileURL(`${OUTPUT}/index.js`)
    client = (await import(entry.href)) as typeof Client
    return () => rm(OUTPUT, { recursive: true })
  })

  test('signs in, asks and signs out', async ({ assert }) => {
    const { user } = await household({ checking: 4_200 })
    const { finora } = connect()

    const { id } = await finora.signIn(credentials(user))
    const { data } = await finora.api.GET(SUMMARY)
    await finora.signOut()

    assert.equal(id, user.id)
    assert.equal(data?.totalBalance, 4_200)
    await assert.rejects(() => finora.api.GET(SUMMARY), /Unauthenticated|sign/i)
  })

  test('renews an expired sign-in once for all', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    const store = client.inMemory()
    const { finora, requests } = connect({ store })
    await finora.signIn(credentials(user))
    const { refreshToken } = (await store.load())!
    await store.save({ accessToken: 'expired', refreshToken })

    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => finora.api.GET(SUMMARY)))

    assert.isTrue(answers.every(({ data }) => data?.totalBalance === 1))
    assert.lengthOf(
      requests.filter((request) => request === 'POST /api/v1/auth/refresh'),
      1
    )
    assert.notEqual((await store.load())!.refreshToken, refreshToken)
  })

  test('forgets a session that is over', async ({ assert }) => {
    const { user } = await household({ checking: 1 })
    const store = client.inMemory({ accessToken: 'expired', refreshToken: 'made-up' })
    const { finora } = connect({ store })

    await assert.rejects(() => finora.api.GET(SUMMARY))

    assert.isUndefined(await store.load())
    await finora.signIn(credentials(user))
  })

  test('repeats a write whose answer was lost, and it happens once', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    let lost = 0
    const { finora } = connect({
      fetch: async (request) => {
        const response = await fetch(request)
        if (!request.url.endsWith('/transactions') || lost++) return response
        throw new TypeError('the connection broke')
      },
    })
    await finora.signIn(credentials(user))

    const { data } = await finora.api.POST('/api/v1/transactions', {
      body: { accountId: checking.id, amount: -750, bookedOn: '2026-01-20', payee: 'Kiosk' },
    })

    assert.equal(lost, 2)
    assert.equal(data?.amount, -750)
    const { data: summary } = await finora.api.GET(SUMMARY)
    assert.equal(summary?.totalBalance, -750)
  })

  test('gives up in the end', async ({ assert }) => {
    let tries = 0
    const { finora } = connect({
      token: 'fin_pat_whatever',
      patience: { pause: 1, retries: 2 },
      fetch: () => {
        tries++
        return Promise.reject(new TypeError('nobody there'))
      },
    })

    const error = await finora.api.GET(SUMMARY).catch((reason: Client.FinoraError) => reason)

    assert.isTrue(error instanceof client.FinoraError)
    assert.containsSubset(error, { status: 0, code: 'Unreachable' })
    assert.equal(tries, 3)
  })

  test('says what is wrong with which field', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const { finora, requests } = connect()
    await finora.signIn(credentials(user))

    const error = await finora.api
      .POST('/api/v1/wallet/accounts', { body: { name: '', type: 'checking' } })
      .catch((reason: Client.FinoraError) => reason)

    assert.containsSubset(error, { status: 422, code: 'ValidationFailed' })
    assert.deepInclude((error as Client.FinoraError).errors[0], { field: 'name' })
    assert.isString((error as Client.FinoraError).requestId)
    assert.lengthOf(
      requests.filter((request) => request === 'POST /api/v1/wallet/accounts'),
      1
    )
  })

  test('turns pages', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (let n = 1; n <= 5; n++) await record(user, { accountId: checking.id, amount: -n })
    const { finora, requests } = connect()
    await finora.signIn(credentials(user))

    const amounts: number[] = []
    for await (const { amount } of finora.each('/api/v1/transactions', { query: { limit: 2 } })) {
      amounts.push(amount)
    }

    assert.sameMembers(amounts, [-1, -2, -3, -4, -5])
    assert.lengthOf(
      requests.filter((request) => request === 'GET /api/v1/transactions'),
      3
    )
  })

  test('follows changes', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })
    const { finora } = connect()
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
    const compiler = app.makePath('node_modules/typescript/bin/tsc')
    await run(process.execPath, [compiler, '-p', PACKAGE])

    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: PACKAGE })

    await rm(`${PACKAGE}/dist`, { recursive: true })
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
    const paths = files.map(({ path }) => path)
    assert.includeMembers(paths, ['dist/index.js', 'dist/index.d.ts', 'dist/schema.d.ts'])
    assert.isTrue(
      paths.every((path) => /^(dist\/\w+\.(js|d\.ts)|package\.json|README\.md)$/.test(path))
    )
  })
})
