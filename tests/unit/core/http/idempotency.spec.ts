import { createHash, randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { serve } from '#tests/unit/core/http/server'
import { confirmEffect } from '#core/http/effect'
import { IdempotencyKey } from '#core/http/idempotency_key'
import { readMultipart } from '#core/http/body/multipart'
import type { HttpContext } from '@adonisjs/core/http'

type Handler = (ctx: HttpContext, run: number) => unknown

/** A route that counts how often it ran, and a client with one key. */
async function household(runner: Parameters<typeof serve>[0], handler: Handler) {
  const user = randomUUIDv7()
  const counter = { runs: 0 }
  const origin = await serve(runner, (router, use) => {
    const route = (pattern: string) =>
      router
        .post(pattern, (ctx) => handler(ctx, ++counter.runs))
        .use([use.signIn, use.idempotent()])
    route('/api/x')
    route('/api/y')
    route('/api/upload').use(use.accepts('multipart'))
  })
  const headers = { 'x-test-user': user, 'idempotency-key': 'key-1' }

  return {
    user,
    counter,
    post: (body: object, { path = '/api/x', as = user, key = headers['idempotency-key'] } = {}) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { 'x-test-user': as, 'idempotency-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    upload: (content: string) => {
      const form = new FormData()
      form.set('file', new File([content], 'a.csv'))
      return fetch(`${origin}/api/upload`, { method: 'POST', headers, body: form })
    },
  }
}

const created: Handler = ({ response }, run) =>
  response.header('location', `/api/x/${run}`).created({ id: run, payee: 'Zoë' })

/** A request that took the key and was never heard of again. */
async function crash(user: string, body: object) {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest()
  await new IdempotencyKey(user, 'key-1').take({ method: 'POST', path: '/api/x', bodyHash })
}

/** As if the minute that a key is held for had passed. */
async function expireLock(user: string) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `UPDATE idempotency_keys SET locked_until = now() - interval '1 second' WHERE user_id = ?`,
      [user]
    )
  )
}

test.group('Idempotency', () => {
  test('replays the first answer', async ({ assert, ...context }) => {
    const { post, counter } = await household(context.test, created)

    const first = await post({ amount: 1 })
    const second = await post({ amount: 1 })

    assert.equal(counter.runs, 1)
    assert.equal(second.status, 201)
    assert.equal(second.headers.get('location'), '/api/x/1')
    assert.equal(second.headers.get('content-type'), first.headers.get('content-type'))
    assert.isNull(first.headers.get('idempotency-replayed'))
    assert.equal(second.headers.get('idempotency-replayed'), 'true')
    assert.equal(await second.text(), await first.text())
  })

  test('replays an empty answer', async ({ assert, ...context }) => {
    const { post, counter } = await household(context.test, ({ response }) => response.noContent())

    const answers = [await post({}), await post({})]

    assert.deepEqual(
      answers.map(({ status }) => status),
      [204, 204]
    )
    assert.equal(counter.runs, 1)
  })

  test('refuses another body or path', async ({ assert, ...context }) => {
    const { post, counter } = await household(context.test, created)
    await post({ amount: 1 })

    const body = await post({ amount: 2 })
    const path = await post({ amount: 1 }, { path: '/api/y' })

    assert.containSubset(await body.json(), { status: 422, code: 'IdempotencyKeyReused' })
    assert.containSubset(await path.json(), { status: 422, code: 'IdempotencyKeyReused' })
    assert.equal(counter.runs, 1)
  })

  test('keeps the keys of users apart', async ({ assert, ...context }) => {
    const { post, counter } = await household(context.test, created)
    await post({ amount: 1 })

    const other = await post({ amount: 2 }, { as: randomUUIDv7() })

    assert.equal(other.status, 201)
    assert.equal(counter.runs, 2)
  })

  test('runs once for many at once', async ({ assert, ...context }) => {
    const othersAnswered = Promise.withResolvers<void>()
    const { post, counter } = await household(context.test, async (ctx, run) => {
      await othersAnswered.promise
      return created(ctx, run)
    })
    let answered = 0
    const requests = Array.from({ length: 8 }, async () => {
      const answer = await post({ amount: 1 })
      if (++answered === 7) othersAnswered.resolve()
      return answer
    })

    const answers = await Promise.all(requests)

    assert.equal(counter.runs, 1)
    assert.deepEqual(
      answers.map(({ status }) => status).sort(),
      [201, 409, 409, 409, 409, 409, 409, 409]
    )
  })

  test('forgets a failure of ours', async ({ assert, ...context }) => {
    const { post, counter } = await household(context.test, (ctx, run) => {
      if (run === 1) throw new Error('defect')
      return created(ctx, run)
    })

    const answers = [await post({ amount: 1 }), await post({ amount: 1 })]

    assert.deepEqual(
      answers.map(({ status }) => status),
      [500, 201]
    )
    assert.equal(counter.runs, 2)
  })

  test('goes on after a crash', async ({ assert, ...context }) => {
    const { post, user, counter } = await household(context.test, created)
    await crash(user, { amount: 1 })

    const tooEarly = await post({ amount: 1 })
    await expireLock(user)
    const later = await post({ amount: 1 })

    assert.equal(tooEarly.status, 409)
    assert.equal(later.status, 201)
    assert.equal(counter.runs, 1)
  })

  test('never repeats a committed effect', async ({ assert, ...context }) => {
    const { post, user, counter } = await household(context.test, async () => {
      await tenant.transaction(user, (trx) => confirmEffect(user, trx))
      throw new Error('the answer is lost')
    })
    await post({ amount: 1 })
    await expireLock(user)

    const again = await post({ amount: 1 })

    assert.containSubset(await again.json(), { status: 409, code: 'Conflict' })
    assert.equal(counter.runs, 1)
  })

  test('stops a holder that lost the key', async ({ assert, ...context }) => {
    const { post, user } = await household(context.test, async (ctx, run) => {
      if (run === 1) {
        await expireLock(user)
        await post({ amount: 1 })
      }
      await tenant.transaction(user, (trx) => confirmEffect(user, trx))
      return created(ctx, run)
    })

    const answer = await post({ amount: 1 })
    const replay = await post({ amount: 1 })

    assert.equal(answer.status, 500)
    assert.containSubset(await replay.json(), { id: 2 })
  })

  test('compares the bytes of uploads', async ({ assert, ...context }) => {
    const { upload, counter } = await household(context.test, (ctx, run) =>
      readMultipart(ctx, { fileField: 'file', onFile: async () => run })
    )

    const first = await upload('a,b')
    const same = await upload('a,b')
    const other = await upload('a,c')

    assert.equal(counter.runs, 1)
    assert.deepEqual(await same.json(), await first.json())
    assert.equal(other.status, 422)
  })

  test('refuses the key {key}')
    .with([{ key: 'a b' }, { key: 'x'.repeat(256) }, { key: 'é' }])
    .run(async ({ assert, ...context }, { key }) => {
      const { post, counter } = await household(context.test, created)

      const response = await post({}, { key })

      assert.equal(response.status, 422)
      assert.equal(counter.runs, 0)
    })

  test('keeps answers unreadable', async ({ assert, ...context }) => {
    const { post, user } = await household(context.test, created)
    await post({ amount: 1 })

    const { rows } = await tenant.transaction(user, (trx) =>
      trx.rawQuery('SELECT body FROM idempotency_keys')
    )

    assert.lengthOf(rows, 1)
    assert.notInclude(rows[0].body, 'payee')
  })
})
