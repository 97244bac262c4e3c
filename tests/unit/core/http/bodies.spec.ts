import { connect } from 'node:net'
import { test } from '@japa/runner'
import type { Router } from '@adonisjs/core/http'
import { serve } from '#tests/unit/core/http/server'

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

function echo(router: Router) {
  router.post('/api/x', ({ request }) => ({ body: request.body() }))
  router.delete('/api/x', ({ request }) => ({ body: request.body() }))
  router.post('/form', ({ request }) => ({ body: request.body() }))
}

test.group('Bodies', () => {
  test('answer {status} to {name}')
    .with([
      { name: 'JSON', headers: JSON_TYPE, body: '{"a":1}', status: 200 },
      {
        name: 'a JSON dialect',
        headers: { 'content-type': 'application/a+json' },
        body: '[]',
        status: 200,
      },
      {
        name: 'UTF-8',
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        body: '{}',
        status: 200,
      },
      { name: 'nothing', headers: {}, body: undefined, status: 200 },
      { name: 'a scalar', headers: JSON_TYPE, body: '1', status: 400 },
      { name: 'null', headers: JSON_TYPE, body: 'null', status: 400 },
      { name: 'broken JSON', headers: JSON_TYPE, body: '{', status: 400 },
      { name: 'deep JSON', headers: JSON_TYPE, body: '['.repeat(100_000), status: 400 },
      {
        name: 'invalid UTF-8',
        headers: JSON_TYPE,
        body: new Uint8Array([0x22, 0xff, 0x22]),
        status: 400,
      },
      { name: 'a large body', headers: JSON_TYPE, body: ' '.repeat(300_000), status: 413 },
      { name: 'plain text', headers: { 'content-type': 'text/plain' }, body: '{}', status: 415 },
      { name: 'no type', headers: { 'content-type': '' }, body: '{}', status: 415 },
      { name: 'a form', headers: FORM_TYPE, body: 'a=1', status: 415 },
      {
        name: 'multipart',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x--',
        status: 415,
      },
      {
        name: 'Latin-1',
        headers: { 'content-type': 'application/json; charset=latin1' },
        body: '{}',
        status: 415,
      },
      {
        name: 'gzip',
        headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
        body: '{}',
        status: 415,
      },
    ] as { name: string; headers: Record<string, string>; body?: string; status: number }[])
    .run(async ({ assert, ...context }, { headers, body, status }) => {
      const origin = await serve(context.test, echo)

      const response = await fetch(`${origin}/api/x`, { method: 'POST', headers, body })

      assert.equal(response.status, status)
    })

  test('belong to a DELETE too', async ({ assert, ...context }) => {
    const origin = await serve(context.test, echo)

    const response = await fetch(`${origin}/api/x`, {
      method: 'DELETE',
      headers: JSON_TYPE,
      body: '{"password":"x"}',
    })

    assert.deepEqual(await response.json(), { body: { password: 'x' } })
  })

  test('are larger where a route says so', async ({ assert, ...context }) => {
    const origin = await serve(context.test, (router, use) =>
      router
        .post('/api/x', ({ request }) => ({ rows: request.body().length }))
        .use(use.accepts('bulk'))
    )
    const rows = Array.from({ length: 60_000 }, (_, n) => ({ n }))

    const response = await fetch(`${origin}/api/x`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify(rows),
    })

    assert.deepEqual(await response.json(), { rows: 60_000 })
  })

  test('of forms are flat outside the API', async ({ assert, ...context }) => {
    const origin = await serve(context.test, echo)

    const response = await fetch(`${origin}/form`, {
      method: 'POST',
      headers: FORM_TYPE,
      body: `a=1&a=2&b=x+y&c${'[d]'.repeat(5_000)}=3`,
    })

    const { body } = (await response.json()) as { body: Record<string, unknown> }
    assert.deepEqual([body.a, body.b, Object.keys(body).length], [['1', '2'], 'x y', 3])
  })

  test('that announce a gigabyte are refused unread', async ({ assert, ...context }) => {
    const origin = await serve(context.test, echo)

    const answer = await exchange(origin, [
      'POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      'Content-Length: 1073741824\r\n\r\n{',
    ])

    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  test('without a length end at the limit', async ({ assert, ...context }) => {
    const origin = await serve(context.test, echo)
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`

    const answer = await exchange(origin, [
      'POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n',
      'Transfer-Encoding: chunked\r\n\r\n',
      ...Array.from({ length: 10 }, () => chunk),
    ])

    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  test('that never end cost nothing', async ({ assert, ...context }) => {
    const origin = await serve(context.test, echo)
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.write('POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n')
    socket.write('Content-Length: 1000\r\n\r\n{"a":')
    setTimeout(() => socket.destroy(), 50)
    await new Promise((resolve) => socket.once('close', resolve))

    const response = await fetch(`${origin}/api/x`, { method: 'POST' })

    assert.equal(response.status, 200)
  })
})

/** Writes raw bytes and gives what comes back first. */
function exchange(origin: string, parts: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.once('error', reject)
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    parts.forEach((part) => socket.write(part))
  })
}
