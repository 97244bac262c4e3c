import vine from '@vinejs/vine'
import { test } from '@japa/runner'
import { serve } from '#tests/unit/core/http/server'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'

/** What packages throw, by the status and code a client gets for it. */
const foreign = [
  { error: { code: 'ECONNREFUSED' }, status: 503, code: 'ServiceUnavailable' },
  { error: { message: 'Query read timeout' }, status: 503, code: 'ServiceUnavailable' },
  { error: { name: 'KnexTimeoutError' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '08006' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '53100' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '57P01' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '57014' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '40001' }, status: 503, code: 'ServiceUnavailable' },
  { error: { code: '23505' }, status: 409, code: 'Conflict' },
  { error: { code: '23503' }, status: 422, code: 'ValidationFailed' },
  { error: { code: '22021' }, status: 422, code: 'ValidationFailed' },
  { error: { code: '22P02' }, status: 422, code: 'ValidationFailed' },
  { error: { code: 'E_ROW_NOT_FOUND', status: 404 }, status: 404, code: 'NotFound' },
  { error: { code: 'E_UNAUTHORIZED_ACCESS', status: 401 }, status: 401, code: 'Unauthenticated' },
  { error: { code: 'E_OTHER', status: 403 }, status: 403, code: 'Forbidden' },
  { error: { code: '42501' }, status: 500, code: 'InternalError' },
  { error: {}, status: 500, code: 'InternalError' },
]

test.group('Problems', () => {
  test('tells {code} for {error} and nothing internal')
    .with(foreign)
    .run(async ({ assert, ...context }, { error, status, code }) => {
      const origin = await serve(context.test, (router) =>
        router.get('/api/x', () => {
          throw Object.assign(new Error('insert into secrets'), error)
        })
      )

      const response = await fetch(`${origin}/api/x?secret=query`)
      const body = await response.text()

      assert.equal(response.status, status)
      assert.match(response.headers.get('content-type')!, /^application\/problem\+json/)
      assert.containSubset(JSON.parse(body), { status, code, instance: '/api/x' })
      assert.equal(response.headers.has('retry-after'), status === 503)
      assert.notMatch(body, /secret|insert|stack|query/)
    })

  test('carries the id of the request', async ({ assert, ...context }) => {
    const origin = await serve(context.test, () => {})

    const given = await fetch(origin, { headers: { 'x-request-id': 'trace-0001' } })
    const insane = await fetch(origin, { headers: { 'x-request-id': '<script>alert(1)' } })

    assert.equal(given.headers.get('x-request-id'), 'trace-0001')
    assert.containSubset(await given.json(), { code: 'NotFound', requestId: 'trace-0001' })
    assert.match(insane.headers.get('x-request-id')!, /^[0-9a-f-]{36}$/)
  })

  test('names each field that fails', async ({ assert, ...context }) => {
    const schema = vine.create({ lines: vine.array(vine.object({ amount: vine.number() })) })
    const origin = await serve(context.test, (router) =>
      router.post('/api/x', ({ request }) => request.validateUsing(schema))
    )

    const response = await fetch(`${origin}/api/x?lines=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ amount: 1 }, { amount: 'x', role: 1 }] }),
    })

    assert.equal(response.status, 422)
    assert.containSubset(await response.json(), {
      code: 'ValidationFailed',
      type: 'urn:finora:problem:validation-failed',
      errors: [
        { field: 'lines.1.role', rule: 'unknown' },
        { field: 'lines.1.amount', rule: 'number' },
      ],
    })
  })

  test('refuses {path}')
    .with([
      { path: '/api/a/%ff' },
      { path: '/api/a/%' },
      { path: '/api/a/%00' },
      { path: '/api/a/x?q=%ff' },
      { path: '/api/a/x?q=%' },
      { path: '/api/a/x?q=%00' },
      { path: '/api/a/x?__proto__=1' },
    ])
    .run(async ({ assert, ...context }, { path }) => {
      const origin = await serve(context.test, (router) =>
        router.get('/api/a/:name', ({ params }) => params)
      )

      const response = await fetch(origin + path)

      assert.equal(response.status, 400)
      assert.containSubset(await response.json(), { code: 'MalformedRequest' })
    })

  test('shows browsers a line of text', async ({ assert, ...context }) => {
    const origin = await serve(context.test, (router) =>
      router.get('/page', () => {
        throw new Error('secret')
      })
    )

    const response = await fetch(`${origin}/page`, { headers: { accept: 'text/html' } })

    assert.equal(response.status, 500)
    assert.match(response.headers.get('content-type')!, /^text\/plain/)
    assert.notInclude(await response.text(), 'secret')
  })
})

test.group('Entity tags', () => {
  const tag = etag('account', 1)

  test('answer {status} to {method} {name}')
    .with([
      { name: 'without a condition', method: 'GET', headers: {}, status: 200 },
      {
        name: 'that has this version',
        method: 'GET',
        headers: { 'if-none-match': tag },
        status: 304,
      },
      {
        name: 'that has it among others',
        method: 'GET',
        headers: { 'if-none-match': `"x", W/${tag}` },
        status: 304,
      },
      {
        name: 'that has another version',
        method: 'GET',
        headers: { 'if-none-match': '"x"' },
        status: 200,
      },
      { name: 'without a tag', method: 'PATCH', headers: {}, status: 200 },
      { name: 'of this version', method: 'PATCH', headers: { 'if-match': tag }, status: 200 },
      { name: 'of any version', method: 'PATCH', headers: { 'if-match': '*' }, status: 200 },
      {
        name: 'of one of some versions',
        method: 'PATCH',
        headers: { 'if-match': `"x", ${tag}` },
        status: 200,
      },
      { name: 'of a weak tag', method: 'PATCH', headers: { 'if-match': `W/${tag}` }, status: 412 },
      { name: 'of another version', method: 'PATCH', headers: { 'if-match': '"x"' }, status: 412 },
    ] as { name: string; method: string; headers: Record<string, string>; status: number }[])
    .run(async ({ assert, ...context }, { method, headers, status }) => {
      const origin = await serve(context.test, (router) => {
        router.get('/api/x', (ctx) => sendWithEtag(ctx, tag, { id: 1 }))
        router.patch('/api/x', async ({ request }) => {
          const precondition = ifMatch(request, () => tag)
          await precondition({ id: '1', updatedAt: null }, undefined as never)
          return { id: 1 }
        })
      })

      const response = await fetch(`${origin}/api/x`, { method, headers })

      assert.equal(response.status, status)
    })
})
