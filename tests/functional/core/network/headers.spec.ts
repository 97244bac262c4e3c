import { test } from '@japa/runner'
import { ServerProcess } from '#tests/support/server_process'

const ORIGIN = 'https://app.example.com'
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
const NO_DOCUMENT = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

test.group('Security headers', (group) => {
  const server = new ServerProcess({
    NODE_ENV: 'production',
    APP_URL: 'https://finora.example.com',
    ALLOWED_HOSTS: 'finora.internal',
    CORS_ORIGINS: `${ORIGIN}, https://other.example`,
  })
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })
  const ask = (
    path: string,
    { headers = {}, ...question }: Parameters<typeof server.ask>[1] = {}
  ) => server.ask(path, { headers: { host: 'finora.example.com', ...headers }, ...question })

  test('stand on every answer: {$self}')
    .with(['/api/v1/users/me', '/api/v1/nothing', '/docs', '/docs/openapi.json', '/health', '/x'])
    .run(async ({ assert }, path) => {
      const { headers } = await ask(path)

      assert.containsSubset(headers, EVERYWHERE)
      assert.equal(headers['strict-transport-security'], 'max-age=31536000; includeSubDomains')
      assert.include(headers['content-security-policy'], "frame-ancestors 'none'")
      assert.include(headers['content-security-policy'], "base-uri 'none'")
      assert.notProperty(headers, 'x-powered-by')
      assert.notProperty(headers, 'set-cookie')
    })

  test('make the API and files no document', async ({ assert }) => {
    const [{ headers }, document] = [await ask('/api/v1/users/me'), await ask('/docs/openapi.json')]

    assert.equal(document.headers['content-security-policy'], NO_DOCUMENT)
    assert.containsSubset(headers, {
      'content-security-policy': NO_DOCUMENT,
      'cache-control': 'no-store',
    })
  })

  test('ask for TLS only where it is', async ({ client, assert }) => {
    const response = await client.get('/docs')

    assert.isUndefined(response.header('strict-transport-security'))
  })

  test('answers to its own names: {host}')
    .with([
      { host: 'finora.example.com', status: 200 },
      { host: 'FINORA.example.com:8443', status: 200 },
      { host: 'finora.internal', status: 200 },
      { host: 'evil.example', status: 400 },
      { host: 'finora.example.com.evil.example', status: 400 },
      { host: 'finora.example.com@evil.example', status: 400 },
      { host: 'localhost', status: 400 },
      { host: '127.0.0.1', status: 400 },
      { host: '', status: 400 },
    ])
    .run(async ({ assert }, { host, status }) => {
      const page = await ask('/docs', { headers: { host } })
      const call = await ask('/api/v1/users/me', { headers: { host } })

      assert.equal(page.status, status)
      assert.equal(call.status, status === 200 ? 401 : 400)
    })

  test('answers probes under any', async ({ assert }) => {
    const live = await ask('/health/live', { headers: { host: '10.1.2.3:4000' } })

    assert.equal(live.status, 200)
  })

  test('come with no answer to {$self}')
    .with(['TRACE', 'PROPFIND', 'SEARCH'])
    .run(async ({ assert }, method) => {
      const { status, text } = await ask('/api/v1/users/me', {
        method,
        headers: { 'x-secret': 'echo-me' },
      })

      assert.equal(status, 405)
      assert.notInclude(text, 'echo-me')
    })

  test('open the API to listed origins', async ({ assert }) => {
    const { headers } = await ask('/api/v1/users/me', { headers: { origin: ORIGIN } })

    assert.equal(headers['access-control-allow-origin'], ORIGIN)
    assert.equal(headers.vary, 'Origin')
    assert.notProperty(headers, 'access-control-allow-credentials')
    assert.includeMembers(headers['access-control-expose-headers']!.split(','), [
      'x-request-id',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'retry-after',
      'etag',
      'idempotency-replayed',
      'location',
    ])
  })

  test('let a preflight be remembered', async ({ assert }) => {
    const { status, headers } = await ask('/api/v1/wallet/accounts', {
      method: 'OPTIONS',
      headers: {
        'origin': ORIGIN,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    })

    assert.equal(status, 204)
    assert.equal(headers['access-control-allow-origin'], ORIGIN)
    assert.include(headers['access-control-allow-methods'], 'PATCH')
    assert.equal(headers['access-control-allow-headers'], 'authorization,if-match')
    assert.equal(headers['access-control-max-age'], '600')
  })

  test('close it to {$self}')
    .with([
      'https://evil.example',
      'null',
      `${ORIGIN}.evil.example`,
      `${ORIGIN}:8443`,
      `${ORIGIN}/`,
    ])
    .run(async ({ assert }, origin) => {
      const plain = await ask('/api/v1/users/me', { headers: { origin } })
      const preflight = await ask('/api/v1/users/me', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      })

      assert.notProperty(plain.headers, 'access-control-allow-origin')
      assert.notProperty(preflight.headers, 'access-control-allow-origin')
    })

  test('close pages to all of them', async ({ assert }) => {
    const { headers } = await ask('/admin', { headers: { origin: ORIGIN } })

    assert.notProperty(headers, 'access-control-allow-origin')
  })
})
