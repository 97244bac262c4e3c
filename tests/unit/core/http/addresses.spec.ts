import { test } from '@japa/runner'
import { addressList, clientNetwork } from '#core/http/network/addresses'
import { hostList } from '#core/http/network/hosts'
import { originList } from '#core/http/network/origins'

test.group('Addresses / list', () => {
  test('knows {address}: {known}')
    .with([
      { address: '10.0.0.1', known: true },
      { address: '::ffff:10.0.0.1', known: true },
      { address: '10.0.0.2', known: false },
      { address: '192.168.255.255', known: true },
      { address: '192.169.0.0', known: false },
      { address: 'fd12::1', known: true },
      { address: 'fe80::1', known: false },
      { address: 'fd12::1%eth0', known: true },
      { address: '127.0.0.1', known: false },
      { address: 'unknown', known: false },
      { address: '', known: false },
    ])
    .run(({ assert }, { address, known }) => {
      const isKnown = addressList('X', '10.0.0.1, 192.168.0.0/16 ,fd00::/8,')

      assert.equal(isKnown(address), known)
    })

  test('holds nothing unless told', ({ assert }) => {
    const isKnown = addressList('X', ' , ')

    assert.isFalse(isKnown('127.0.0.1'))
    assert.isFalse(isKnown('::1'))
  })

  test('refuses {$self}')
    .with(['loopback', '10.0.0', '10.0.0.1/33', '10.0.0.1/', '10.0.0.0/8/8', '*', 'fd00::/129'])
    .run(({ assert }, text) => {
      assert.throws(() => addressList('TRUSTED_PROXIES', text), /^TRUSTED_PROXIES must be/)
    })
})

test.group('Addresses / client', () => {
  test('counts {address} as {network}')
    .with([
      { address: '192.0.2.7', network: '192.0.2.7' },
      { address: '::ffff:192.0.2.7', network: '192.0.2.7' },
      { address: '2001:db8:1:2:3:4:5:6', network: '2001:db8:1:2::/64' },
      { address: '2001:0DB8:0001:0002::9', network: '2001:db8:1:2::/64' },
      { address: '2001:db8::9', network: '2001:db8:0:0::/64' },
      { address: '::1', network: '0:0:0:0::/64' },
      { address: 'fe80::1%eth0', network: 'fe80:0:0:0::/64' },
      { address: '64:ff9b::192.0.2.7', network: '64:ff9b:0:0::/64' },
    ])
    .run(({ assert }, { address, network }) => {
      assert.equal(clientNetwork(address), network)
    })
})

test.group('Hosts', () => {
  test('are those of APP_URL and further ones', ({ assert }) => {
    const hosts = hostList('https://Finora.example.com:8443/app', 'X', 'Finora.internal, [fd00::1]')

    assert.sameMembers([...hosts], ['finora.example.com', 'finora.internal', '[fd00::1]'])
  })

  test('are all names of this machine in development', ({ assert }) => {
    const hosts = hostList('http://localhost:4000', 'X', '')

    assert.sameMembers([...hosts], ['localhost', '127.0.0.1', '[::1]'])
  })

  test('refuse {$self}')
    .with(['https://x.example', 'x.example:80', '*', '*.example.com', 'a b'])
    .run(({ assert }, text) => {
      assert.throws(() => hostList('http://x', 'ALLOWED_HOSTS', text), /^ALLOWED_HOSTS must be/)
    })
})

test.group('Origins', () => {
  test('are exact', ({ assert }) => {
    const origins = originList('X', 'https://app.example.com, http://localhost:5173')

    assert.deepEqual(origins, ['https://app.example.com', 'http://localhost:5173'])
  })

  test('refuse {$self}')
    .with(['*', 'null', 'https://app.example.com/', 'app.example.com', 'https://*.example.com'])
    .run(({ assert }, text) => {
      assert.throws(() => originList('CORS_ORIGINS', text), /^CORS_ORIGINS must be/)
    })
})
