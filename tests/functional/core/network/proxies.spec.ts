import { test } from '@japa/runner'
import { newcomer, PASSWORD } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'
import { system } from '#core/database/system'
import type User from '#users/models/user'

const FORWARDED = {
  'x-forwarded-for': '203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'evil.example',
}

/** The address that the latest sign-in was kept with. */
async function signInAddress(server: ServerProcess, user: User, question: object) {
  const { status } = await server.ask('/api/v1/auth/login', {
    json: { email: user.email, password: PASSWORD },
    ...question,
  })
  const { rows } = await system.transaction((trx) =>
    trx.rawQuery('SELECT host(ip) AS ip FROM sessions WHERE user_id = ? ORDER BY id DESC LIMIT 1', [
      user.id,
    ])
  )
  return { status, ip: rows[0]?.ip as string | undefined }
}

test.group('Proxies / none trusted', (group) => {
  const server = new ServerProcess()
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })

  test('believes nobody, not even loopback', async ({ assert }) => {
    const user = await newcomer()

    const signedIn = await signInAddress(server, user, {
      headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' },
    })

    assert.deepEqual(signedIn, { status: 200, ip: '127.0.0.1' })
  })

  test('goes by the real host', async ({ assert }) => {
    const mine = await server.ask('/api/v1/auth/login', { method: 'OPTIONS', headers: FORWARDED })
    const forged = await server.ask('/docs', {
      headers: { 'host': 'evil.example', 'x-forwarded-host': 'localhost' },
    })

    assert.notEqual(mine.status, 400)
    assert.equal(forged.status, 400)
  })
})

test.group('Proxies / one trusted', (group) => {
  const server = new ServerProcess({ TRUSTED_PROXIES: '10.9.0.0/16, 127.0.0.2' })
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })

  test('believes it, and nobody else', async ({ assert }) => {
    const user = await newcomer()
    const headers = { 'x-forwarded-for': '203.0.113.9' }

    const byProxy = await signInAddress(server, user, { headers, from: '127.0.0.2' })
    const past = await signInAddress(server, user, { headers, from: '127.0.0.3' })

    assert.deepEqual(byProxy, { status: 200, ip: '203.0.113.9' })
    assert.deepEqual(past, { status: 200, ip: '127.0.0.3' })
  })

  test('takes what {title} as {ip}')
    .with([
      { title: 'the client made up', forwarded: '198.51.100.1, 203.0.113.9', ip: '203.0.113.9' },
      { title: 'two proxies added', forwarded: '203.0.113.9, 10.9.1.1', ip: '203.0.113.9' },
      { title: 'speaks IPv6', forwarded: '2001:db8::7', ip: '2001:db8::7' },
      { title: 'speaks both', forwarded: '::ffff:203.0.113.9', ip: '203.0.113.9' },
      { title: 'speaks on this link alone', forwarded: 'fe80::7%eth0', ip: 'fe80::7' },
      { title: 'is no address', forwarded: "' OR true --", ip: '127.0.0.2' },
      { title: 'has a port', forwarded: '203.0.113.9:4711', ip: '127.0.0.2' },
      { title: 'is empty', forwarded: '', ip: '127.0.0.2' },
    ])
    .run(async ({ assert }, { forwarded, ip }) => {
      const user = await newcomer()

      const signedIn = await signInAddress(server, user, {
        headers: { 'x-forwarded-for': forwarded },
        from: '127.0.0.2',
      })

      assert.deepEqual(signedIn, { status: 200, ip })
    })

  test('takes the host it forwards', async ({ assert }) => {
    const headers = { 'host': 'inside', 'x-forwarded-host': 'localhost' }

    const byProxy = await server.ask('/docs', { headers, from: '127.0.0.2' })
    const past = await server.ask('/docs', { headers, from: '127.0.0.3' })

    assert.deepEqual([byProxy.status, past.status], [200, 400])
  })
})

test.group('Proxies / settings', () => {
  test('stop the start, named: {setting}')
    .with([
      { setting: 'TRUSTED_PROXIES', value: 'the-proxy' },
      { setting: 'ALLOWED_HOSTS', value: 'https://finora.example.com' },
      { setting: 'CORS_ORIGINS', value: '*' },
      { setting: 'RATE_LIMIT_AUTH', value: 'ten a minute' },
    ])
    .run(async ({ assert }, { setting, value }) => {
      const server = new ServerProcess({ [setting]: value })

      const code = await server.startInVain()

      assert.equal(code, 1)
      assert.match(server.log, new RegExp(`${setting} must be`))
    })
})
