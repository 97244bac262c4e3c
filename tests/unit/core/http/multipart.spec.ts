import { connect } from 'node:net'
import { test } from '@japa/runner'
import { buffer } from 'node:stream/consumers'
import { serve } from '#tests/unit/core/http/server'
import { readMultipart } from '#core/http/body/multipart'

const LIMIT = 1024 * 1024
const BOUNDARY = 'border'
const END = `--${BOUNDARY}--\r\n`

function part(disposition: string, content: string) {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`
  return `${head}${content}\r\n`
}

const file = (content = 'a,b', name = 'filename="a.csv"') => part(`name="file"; ${name}`, content)
const field = (name: string, value: string) => part(`name="${name}"`, value)

/** Uploads go nowhere; `kept` counts the files that somebody still has to delete. */
async function uploads(runner: Parameters<typeof serve>[0]) {
  const kept = { files: 0, aborted: 0 }
  const origin = await serve(runner, (router, use) =>
    router
      .post('/api/x', (ctx) =>
        readMultipart(ctx, {
          fileField: 'file',
          fields: ['accountId', 'note'],
          maxFileBytes: LIMIT,
          onFile: async (bytes, info) => {
            kept.files++
            const content = await buffer(bytes).catch((error) => {
              kept.files--
              kept.aborted++
              throw error
            })
            return { ...info, size: content.length }
          },
          onDiscard: async () => {
            kept.files--
          },
        })
      )
      .use(use.accepts('multipart'))
  )
  return { origin, kept }
}

function upload(
  origin: string,
  body: string,
  contentType = `multipart/form-data; boundary=${BOUNDARY}`
) {
  return fetch(`${origin}/api/x`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
  })
}

test.group('Multipart', () => {
  test('reads one file and its fields', async ({ assert, ...context }) => {
    const { origin } = await uploads(context.test)

    const response = await upload(origin, field('accountId', '7') + file('Zoë') + END)

    assert.deepEqual(await response.json(), {
      file: { name: 'a.csv', mimeType: 'text/plain', size: 4 },
      fields: { accountId: '7' },
    })
  })

  test('answers {status} to {name} and keeps nothing')
    .with([
      { name: 'a missing file', body: field('note', 'x') + END, status: 422 },
      { name: 'an unknown field', body: file() + field('role', 'x') + END, status: 422 },
      {
        name: 'a nested field',
        body: file() + field(`a${'[b]'.repeat(2_000)}`, 'x') + END,
        status: 422,
      },
      { name: 'two files', body: file() + file() + END, status: 422 },
      {
        name: 'a field twice',
        body: field('note', 'x') + field('note', 'x') + file() + END,
        status: 422,
      },
      { name: 'NUL in a field', body: field('note', 'a\0b') + file() + END, status: 422 },
      { name: 'too large a file', body: file('x'.repeat(LIMIT + 1)) + END, status: 413 },
      { name: 'far too large a file', body: file('x'.repeat(3 * LIMIT)) + END, status: 413 },
      {
        name: 'too large a field',
        body: file() + field('note', 'x'.repeat(70_000)) + END,
        status: 413,
      },
      { name: 'a truncated file', body: file('x'.repeat(1_000)).slice(0, 500), status: 400 },
      { name: 'a truncated header', body: `${file()}--${BOUNDARY}\r\nContent-Disp`, status: 400 },
      { name: 'no end', body: file(), status: 400 },
      { name: 'nothing', body: '', status: 400 },
      { name: 'many parts', body: file() + field('x', '').repeat(1_000) + END, status: 400 },
      { name: 'a bad name', body: file('x', `filename*=utf-8''%ff%zz`) + END, status: 400 },
      { name: 'no boundary', body: file() + END, type: 'multipart/form-data', status: 400 },
      {
        name: 'another boundary',
        body: file() + END,
        type: 'multipart/form-data; boundary=x',
        status: 400,
      },
      { name: 'JSON', body: '{}', type: 'application/json', status: 415 },
    ] as { name: string; body: string; type?: string; status: number }[])
    .run(async ({ assert, ...context }, { body, type, status }) => {
      const { origin, kept } = await uploads(context.test)

      const response = await upload(origin, body, type)

      assert.equal(response.status, status)
      assert.equal(kept.files, 0)
    })

  test('cleans the name {given}')
    .with([
      { given: 'filename="../../x.csv"', shown: 'x.csv' },
      { given: `filename*=utf-8''%e2%82%ac.csv`, shown: '€.csv' },
      { given: 'filename="a\u0007b.csv"', shown: 'ab.csv' },
    ])
    .run(async ({ assert, ...context }, { given, shown }) => {
      const { origin } = await uploads(context.test)

      const response = await upload(origin, file('x', given) + END)

      assert.containSubset(await response.json(), { file: { name: shown } })
    })

  test('aborts when the client leaves', async ({ assert, ...context }) => {
    const { origin, kept } = await uploads(context.test)
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.write('POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n')
    socket.write(`Content-Type: multipart/form-data; boundary=${BOUNDARY}\r\n\r\n`)
    socket.write(file('x'.repeat(50_000)).slice(0, 40_000))

    setTimeout(() => socket.destroy(), 50)
    while (kept.aborted === 0) await new Promise((resolve) => setTimeout(resolve, 10))

    assert.deepEqual(kept, { files: 0, aborted: 1 })
  })

  test('passes on what the handler refuses', async ({ assert, ...context }) => {
    const origin = await serve(context.test, (router, use) =>
      router
        .post('/api/x', (ctx) =>
          readMultipart(ctx, {
            fileField: 'file',
            onFile: async () => {
              throw Object.assign(new Error('storage is gone'), { code: 'ECONNREFUSED' })
            },
          })
        )
        .use(use.accepts('multipart'))
    )

    const response = await upload(origin, file('x'.repeat(LIMIT)) + END)

    assert.equal(response.status, 503)
  })
})
