import { once } from 'node:events'
import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { test } from '@japa/runner'
import { addressList } from '#core/http/network/addresses'
import { OutboundClient, OutboundFailure } from '#core/http/network/outbound_client'
import { portList, type OutboundRules } from '#core/http/network/outbound_rules'
import {
  ALLOWED,
  REFUSED,
  redirect,
  silence,
  WebhookReceiver,
} from '#tests/support/webhook_receiver'
import { freePort } from '#tests/support/worker_process'

const rules: OutboundRules = {
  allowsHttp: true,
  allowsPort: portList('PORTS', '1-65535'),
  allowsAddress: addressList('NETWORKS', ALLOWED),
  forbidsAddress: () => false,
}

/** Self-signed, for `receiver.example`: a key of these tests and of nothing else. */
const TLS = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8tSqeTRjmpGi6h54
95Yg1w6ED9PZ7QvZaE2VmAk4JPKhRANCAATZhnyyRWq+W9WuXgii21fkTXOgEq0+
aHCZP7SBaZRhaZ8zmUOTBgh8qt8koaA9kcF/cO0rP6MUXn8p21cJX9ar
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBqTCCAVCgAwIBAgIUQdQb+l/AvR4kCpkZJxUn4sWyDRYwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQcmVjZWl2ZXIuZXhhbXBsZTAgFw0yNjExMjYxNTA0NTNaGA8y
MTI2MTEwMjE1MDQ1M1owGzEZMBcGA1UEAwwQcmVjZWl2ZXIuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABNmGfLJFar5b1a5eCKLbV+RNc6ASrT5ocJk/
tIFplGFpnzOZQ5MGCHyq3yShoD2RwX9w7Ss/oxRefynbVwlf1qujcDBuMB0GA1Ud
DgQWBBSTGrqExlDdVdaHUY/Mn/PsWmiXwzAfBgNVHSMEGDAWgBSTGrqExlDdVdaH
UY/Mn/PsWmiXwzAPBgNVHRMBAf8EBTADAQH/MBsGA1UdEQQUMBKCEHJlY2VpdmVy
LmV4YW1wbGUwCgYIKoZIzj0EAwIDRwAwRAIgEkRIQ6PHlpty5ClUCcVqYDt2wuqi
tgrO5bDcGom3hc4CIDl5GngEnw4xeuDPU9GuHcHtjtxUaE7DHHTUFx3A4/21
-----END CERTIFICATE-----
`,
}

const message = { headers: { 'x-purpose': 'test' }, body: '{"a":"ä"}', timeout: 2_000 }

/** Why there was no answer. */
async function faultOf(work: Promise<number>) {
  const error = await work.then(
    (status) => new Error(`answered ${status}`),
    (reason) => reason
  )
  return error instanceof OutboundFailure ? error.fault : error
}

/** A name server of one's own: each question gets the next answer. */
function names(...answers: string[][]) {
  const asked: string[] = []
  const resolve = async (host: string) => {
    asked.push(host)
    return (answers.shift() ?? []).map((address) => ({ address, family: 4 }))
  }
  return { asked, resolve }
}

test.group('Outbound / client', (group) => {
  let receiver: WebhookReceiver
  let neighbour: WebhookReceiver

  group.each.setup(async () => {
    receiver = await WebhookReceiver.start(ALLOWED)
    neighbour = await WebhookReceiver.start(REFUSED)
    return async () => {
      await receiver.stop()
      await neighbour.stop()
    }
  })

  test('posts the body as it is', async ({ assert }) => {
    receiver.answers(201)

    const status = await new OutboundClient(rules).post(receiver.url, message)

    assert.equal(status, 201)
    assert.containsSubset(receiver.letters, [{ path: '/hook', body: message.body }])
    assert.containsSubset(receiver.letters[0].headers, {
      'x-purpose': 'test',
      'content-length': '10',
      'connection': 'close',
    })
  })

  test('calls no other address of this machine', async ({ assert }) => {
    const client = new OutboundClient(rules)
    const byName = neighbour.url.replace(REFUSED, 'localhost')

    const faults = [
      await faultOf(client.post(neighbour.url, message)),
      await faultOf(client.post(byName, message)),
      await faultOf(client.post(neighbour.url.replace(REFUSED, '2130706433'), message)),
    ]

    assert.deepEqual(faults, ['address', 'address', 'address'])
    assert.lengthOf(neighbour.letters, 0)
  })

  test('refuses a name with one private address', async ({ assert }) => {
    const { resolve } = names([ALLOWED, REFUSED])
    const url = receiver.url.replace(ALLOWED, 'mixed.example')

    const fault = await faultOf(new OutboundClient(rules, resolve).post(url, message))

    assert.equal(fault, 'address')
    assert.lengthOf(receiver.letters, 0)
  })

  test('asks a name once, and connects to the answer', async ({ assert }) => {
    const { resolve, asked } = names([ALLOWED], [REFUSED])
    const url = receiver.url.replace(ALLOWED, 'rebinding.example')

    const status = await new OutboundClient(rules, resolve).post(url, message)

    assert.equal(status, 204)
    assert.deepEqual(asked, ['rebinding.example'])
    assert.equal(receiver.letters[0].headers.host, `rebinding.example:${receiver.port}`)
  })

  test('asks again at a redirect', async ({ assert }) => {
    const { resolve, asked } = names([ALLOWED], [REFUSED])
    const url = receiver.url.replace(ALLOWED, 'rebinding.example')
    receiver.answers(redirect('/other'))

    const fault = await faultOf(new OutboundClient(rules, resolve).post(url, message))

    assert.equal(fault, 'address')
    assert.lengthOf(asked, 2)
    assert.lengthOf(receiver.letters, 1)
  })

  test('follows a {status} with the same request')
    .with([{ status: 301 }, { status: 302 }, { status: 307 }, { status: 308 }])
    .run(async ({ assert }, { status }) => {
      receiver.answers(redirect('/other', status), 200)

      const answered = await new OutboundClient(rules).post(receiver.url, message)

      assert.equal(answered, 200)
      const [first, second] = receiver.letters
      assert.deepEqual([first.path, second.path], ['/hook', '/other'])
      assert.equal(second.body, first.body)
    })

  test('follows no redirect to {to}')
    .with([
      { to: 'loopback', fault: 'address', location: () => neighbour.url },
      { to: 'a file', fault: 'url', location: () => 'file:///etc/passwd' },
      { to: 'a password', fault: 'url', location: () => 'http://a:b@127.0.0.2/' },
      { to: 'nowhere', fault: 'url', location: () => 'http://[' },
    ])
    .run(async ({ assert }, { fault, location }) => {
      receiver.answers(redirect(location()))

      const found = await faultOf(new OutboundClient(rules).post(receiver.url, message))

      assert.equal(found, fault)
      assert.lengthOf(neighbour.letters, 0)
    })

  test('follows three redirects', async ({ assert }) => {
    const client = new OutboundClient(rules)
    const around = Array.from({ length: 3 }, () => redirect('/hook'))
    receiver.answers(...around, 200)
    const status = await client.post(receiver.url, message)
    receiver.answers(...around, redirect('/hook'))

    const fault = await faultOf(client.post(receiver.url, message))

    assert.equal(status, 200)
    assert.equal(fault, 'redirects')
    assert.lengthOf(receiver.letters, 8)
  })

  test('waits no longer than it may', async ({ assert }) => {
    receiver.answers(silence, redirect('/hook'), silence)
    const client = new OutboundClient(rules)
    const hasty = { ...message, timeout: 300 }
    const startedAt = performance.now()

    const faults = [
      await faultOf(client.post(receiver.url, hasty)),
      await faultOf(client.post(receiver.url, hasty)),
    ]

    assert.deepEqual(faults, ['timeout', 'timeout'])
    assert.isBelow(performance.now() - startedAt, 1_500)
  })

  test('waits for no name server either', async ({ assert }) => {
    const client = new OutboundClient(rules, () => new Promise(() => {}))

    const fault = await faultOf(client.post('http://slow.example/', { ...message, timeout: 200 }))

    assert.equal(fault, 'timeout')
  })

  test('goes by the head of the answer', async ({ assert }) => {
    const { promise: dropped, resolve } = Promise.withResolvers<number>()
    receiver.answers((response) => {
      const startedAt = performance.now()
      const drip = setInterval(() => response.write('.'), 50)
      response.writeHead(200).write('.')
      response.on('close', () => {
        clearInterval(drip)
        resolve(performance.now() - startedAt)
      })
    })
    const startedAt = performance.now()

    const status = await new OutboundClient(rules).post(receiver.url, message)

    assert.equal(status, 200)
    assert.isBelow(performance.now() - startedAt, 400)
    assert.isBelow(await dropped, 1_000)
  })

  test('lets a receiver finish what it says', async ({ assert }) => {
    const { promise: isFinished, resolve } = Promise.withResolvers<boolean>()
    receiver.answers((response) => {
      response.writeHead(200).write('al')
      setTimeout(() => response.end('most'), 150)
      response.on('close', () => resolve(response.writableFinished))
    })

    await new OutboundClient(rules).post(receiver.url, message)

    assert.isTrue(await isFinished)
  })

  test('reads only so much', async ({ assert }) => {
    const { promise: dropped, resolve } = Promise.withResolvers<void>()
    let written = 0
    receiver.answers((response) => {
      response.writeHead(200).on('close', resolve)
      const pour = () => {
        if (response.destroyed) return
        written += 16_384
        response.write(Buffer.alloc(16_384), pour)
      }
      pour()
    })

    const status = await new OutboundClient(rules).post(receiver.url, message)

    assert.equal(status, 200)
    await dropped
    assert.isBelow(written, 16 * 1_024 * 1_024)
  })

  test('asks for the name in the certificate, and trusts no other', async ({ assert, cleanup }) => {
    const asked: (string | false | null)[] = []
    const server = createTlsServer({
      ...TLS,
      SNICallback: (name, done) => {
        asked.push(name)
        done(null)
      },
    }).listen(0, ALLOWED)
    server.on('tlsClientError', () => {})
    cleanup(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const { resolve } = names([ALLOWED])

    const client = new OutboundClient(rules, resolve)
    const fault = await faultOf(client.post(`https://receiver.example:${port}/`, message))

    assert.equal(fault, 'tls')
    assert.deepEqual(asked, ['receiver.example'])
  })

  test('says why there is no answer', async ({ assert, cleanup }) => {
    const client = new OutboundClient(rules)
    const babbler = createServer((socket) => socket.end('no HTTP\r\n\r\n')).listen(0, ALLOWED)
    cleanup(() => void babbler.close())
    await once(babbler, 'listening')
    const { port } = babbler.address() as { port: number }
    const lost = () => Promise.reject(Object.assign(new Error('lost'), { code: 'ENOTFOUND' }))

    const faults = [
      await faultOf(client.post(`http://${ALLOWED}:${await freePort()}/`, message)),
      await faultOf(client.post(`http://${ALLOWED}:${port}/`, message)),
      await faultOf(client.post(receiver.url.replace('http:', 'https:'), message)),
      await faultOf(new OutboundClient(rules, lost).post('http://lost.example/', message)),
    ]

    assert.deepEqual(faults, ['connection', 'connection', 'tls', 'dns'])
  })
})
