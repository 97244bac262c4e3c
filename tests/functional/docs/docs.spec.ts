import { test } from '@japa/runner'
import type { ApiResponse } from '@japa/api-client'

test.group('Docs / page', () => {
  test('shows Swagger UI from local files', async ({ client, assert }) => {
    const page = await client.get('/docs')

    const addresses = [...page.text().matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url)
    assert.includeMembers(
      addresses.map((address) => address.split('?')[0]),
      ['/docs/assets/swagger-ui-bundle.js', '/docs/assets/swagger-ui.css', '/docs/assets/docs.js']
    )
    assert.isTrue(addresses.every((address) => /^\/(?!\/)/.test(address)))
    for (const address of addresses) {
      const response = await client.get(address)
      response.assertStatus(200)
    }
  })

  test('runs no foreign or inline script', async ({ client, assert }) => {
    const [page, again] = [await client.get('/docs'), await client.get('/docs')]

    const [, nonce] = /script-src 'nonce-([^']{16,})';/.exec(policyOf(page)) ?? []
    const scripts = page.text().match(/<script[^>]*>/g) ?? []
    assert.lengthOf(scripts, 2)
    assert.isTrue(scripts.every((tag) => tag.includes(`nonce="${nonce}" src="/docs/assets/`)))
    assert.include(policyOf(page), "default-src 'none';")
    assert.notMatch(policyOf(page), /unsafe|https?:|\*/)
    assert.notEqual(policyOf(again), policyOf(page))
  })

  test('lets assets be cached for ever', async ({ client, assert }) => {
    const response = await client.get('/docs/assets/swagger-ui.css')

    response.assertStatus(200)
    assert.equal(response.header('cache-control'), 'public, max-age=31536000, immutable')
    assert.match(response.header('content-type')!, /^text\/css/)
  })

  test('serves no other file: {$self}')
    .with(['package.json', 'index.html', '..%2Fpackage.json', 'constructor', '.env'])
    .run(async ({ client }, file) => {
      const response = await client.get(`/docs/assets/${file}`)

      response.assertStatus(404)
    })
})

test.group('Docs / document', () => {
  test('answers the OpenAPI document', async ({ client, assert }) => {
    const response = await client.get('/docs/openapi.json')

    response.assertStatus(200)
    assert.equal(response.type(), 'application/json')
    assert.equal(response.body().openapi, '3.1.1')
    assert.property(response.body().paths, '/api/v1/auth/login')
  })

  test('is not sent again unchanged', async ({ client, assert }) => {
    const first = await client.get('/docs/openapi.json')

    const second = await client
      .get('/docs/openapi.json')
      .header('If-None-Match', first.header('etag')!)

    second.assertStatus(304)
    assert.equal(second.text(), '')
  })
})

function policyOf(page: ApiResponse) {
  return page.header('content-security-policy') ?? ''
}
