import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { keyrings } from '#config/secrets'
import { assertMayRead } from '#core/metrics/access'
import { KeyRoster } from '#core/secrets/key_roster'

const TOKEN = 'of-whoever-scrapes'

/** A request from this address, as far as access is concerned. */
function from(address: string, headers: Record<string, string> = {}) {
  return {
    request: { socket: { remoteAddress: address } },
    header: (name: string) => headers[name],
  } as unknown as Parameters<typeof assertMayRead>[0]
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test.group('Metrics', () => {
  test('tell the age of secrets', async ({ client, assert }) => {
    const roster = new KeyRoster(30)
    const process = randomUUIDv7()
    await roster.announce(process, Object.values(keyrings))
    await db.rawQuery(`UPDATE secret_keys SET first_seen_at = now() - interval '81 days'
      WHERE setting = 'APP_KEY'`)

    const response = await client.get('/metrics')

    await roster.leave(process)
    response.assertStatus(200)
    assert.match(response.header('content-type')!, /^text\/plain; version=0\.0\.4/)
    assert.match(response.text(), /^finora_secret_age_days\{secret="APP_KEY"\} 81(\.\d+)?$/m)
    assert.match(response.text(), /^finora_secret_age_days\{secret="JWT_ACCESS_TOKEN_SECRET"\} 0/m)
    assert.match(response.text(), /^process_resident_memory_bytes \d+$/m)
    for (const { newest } of Object.values(keyrings)) {
      assert.notInclude(response.text(), newest.secret)
    }
  })

  test('stay here behind a proxy', async ({ client }) => {
    const response = await client.get('/metrics').header('x-forwarded-for', '127.0.0.1')

    response.assertStatus(403)
  })
})

test.group('Metrics / access', () => {
  test('lets {title}')
    .with([
      { title: 'this machine', request: from('127.0.0.1'), token: undefined },
      { title: 'this machine by IPv6', request: from('::1'), token: undefined },
      { title: 'a mapped address', request: from('::ffff:127.0.0.1'), token: undefined },
      { title: 'the bearer', request: from('203.0.113.9', bearer(TOKEN)), token: TOKEN },
    ])
    .run(({ assert }, { request, token }) => {
      assert.doesNotThrow(() => assertMayRead(request, token))
    })

  test('refuses {title}')
    .with([
      { title: 'another machine', request: from('10.0.0.7'), token: undefined },
      { title: 'another by IPv6', request: from('2001:db8::1'), token: undefined },
      { title: 'an unknown address', request: from(''), token: undefined },
      {
        title: 'what was forwarded',
        request: from('127.0.0.1', { forwarded: 'for=::1' }),
        token: undefined,
      },
      { title: 'this machine without the token', request: from('127.0.0.1'), token: TOKEN },
      { title: 'a wrong token', request: from('127.0.0.1', bearer('guess')), token: TOKEN },
      { title: 'an empty token', request: from('127.0.0.1', bearer('')), token: TOKEN },
      {
        title: 'another scheme',
        request: from('127.0.0.1', { authorization: `Basic ${TOKEN}` }),
        token: TOKEN,
      },
    ])
    .run(({ assert }, { request, token }) => {
      assert.throws(() => assertMayRead(request, token))
    })
})
