import { test } from '@japa/runner'
import { addressList } from '#core/http/network/addresses'
import { mayCall, portList, urlFault, type OutboundRules } from '#core/http/network/outbound_rules'

const strict: OutboundRules = {
  allowsHttp: false,
  allowsPort: portList('PORTS', '443, 8000-8999'),
  allowsAddress: addressList('NETWORKS', ''),
  forbidsAddress: addressList('FORBIDDEN', ''),
}

const lenient: OutboundRules = {
  allowsHttp: true,
  allowsPort: portList('PORTS', '1-65535'),
  allowsAddress: addressList('NETWORKS', '127.0.0.2/31, fd00:1::/64'),
  forbidsAddress: addressList('FORBIDDEN', '127.0.0.3/32, 1.1.1.0/24, 2606:4700:4700::/48'),
}

test.group('Outbound / URL', () => {
  test('{url}: {fault}')
    .with([
      { url: 'https://example.com', fault: undefined },
      { url: 'https://example.com:8443/hook?a=b#c', fault: undefined },
      { url: 'https://1.1.1.1/', fault: undefined },
      { url: 'https://[2606:4700:4700::1111]/', fault: undefined },
      { url: 'https://localhost/', fault: undefined },
      { url: 'example.com', fault: 'malformed' },
      { url: '//example.com/', fault: 'malformed' },
      { url: ' https://example.com/', fault: 'malformed' },
      { url: 'https://exa\nmple.com/', fault: 'malformed' },
      { url: 'https://example.com/a b', fault: 'malformed' },
      { url: 'https://256.1.1.1/', fault: 'malformed' },
      { url: 'http://example.com/', fault: 'scheme' },
      { url: 'file:///etc/passwd', fault: 'scheme' },
      { url: 'gopher://example.com/', fault: 'scheme' },
      { url: 'https://user@example.com/', fault: 'credentials' },
      { url: 'https://:password@example.com/', fault: 'credentials' },
      { url: 'https://example.com:22/', fault: 'port' },
      { url: 'https://example.com:9000/', fault: 'port' },
      { url: 'https://127.0.0.1/', fault: 'address' },
      { url: 'https://127.0.0.1./', fault: 'address' },
      { url: 'https://127.1/', fault: 'address' },
      { url: 'https://2130706433/', fault: 'address' },
      { url: 'https://0x7f000001/', fault: 'address' },
      { url: 'https://0x7f.1/', fault: 'address' },
      { url: 'https://0177.0.0.1/', fault: 'address' },
      { url: 'https://①②⑦.0.0.1/', fault: 'address' },
      { url: 'https://%31%32%37.0.0.1/', fault: 'address' },
      { url: 'https://0/', fault: 'address' },
      { url: 'https://169.254.169.254/', fault: 'address' },
      { url: 'https://[::1]/', fault: 'address' },
      { url: 'https://[::ffff:127.0.0.1]/', fault: 'address' },
      { url: 'https://[64:ff9b::10.0.0.1]/', fault: 'address' },
      { url: 'https://[2002:7f00:1::]/', fault: 'address' },
    ])
    .run(({ assert }, { url, fault }) => {
      assert.equal(urlFault(url, strict), fault as never)
    })

  test('allows what the operator names', ({ assert }) => {
    assert.isUndefined(urlFault('http://127.0.0.2:9/', lenient))
    assert.isUndefined(urlFault('http://[fd00:1::5]/', lenient))
    assert.equal(urlFault('http://127.0.0.3/', lenient), 'address')
    assert.isTrue(mayCall('127.0.0.2', lenient))
    assert.isFalse(mayCall('127.0.0.1', lenient))
  })

  test('calls nobody whom the operator forbids', ({ assert }) => {
    const forbidden = ['127.0.0.3', '1.1.1.1', '2606:4700:4700::1111']

    assert.deepEqual(
      forbidden.map((address) => mayCall(address, lenient)),
      [false, false, false]
    )
    assert.equal(urlFault('https://1.1.1.1/', lenient), 'address')
    assert.isTrue(mayCall('1.1.2.1', lenient))
  })

  test('refuses the ports {$self}')
    .with(['https', '0', '65536', '9-8', '1-2-3', '*', '443;80'])
    .run(({ assert }, text) => {
      assert.throws(() => portList('WEBHOOK_PORTS', text), /^WEBHOOK_PORTS must be/)
    })
})
