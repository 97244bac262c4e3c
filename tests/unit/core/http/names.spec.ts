import { lookup } from 'node:dns/promises'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { addressList } from '#core/http/network/addresses'
import { Names } from '#core/http/network/names'
import { OutboundClient, OutboundFailure } from '#core/http/network/outbound_client'
import type { OutboundRules } from '#core/http/network/outbound_rules'
import { NameServer } from '#tests/support/name_server'
import { ALLOWED, REFUSED, WebhookReceiver } from '#tests/support/webhook_receiver'

const ZONE = {
  'both.example': { A: [ALLOWED, '198.51.100.7'], AAAA: ['2001:db8::1'] },
  'four.example': { A: [ALLOWED] },
  'six.example': { AAAA: ['fd00::5'] },
  'mixed.example': { A: [ALLOWED], AAAA: ['::1'] },
  'empty.example': {},
}

const rules: OutboundRules = {
  allowsHttp: true,
  allowsPort: () => true,
  allowsAddress: addressList('NETWORKS', ALLOWED),
  forbidsAddress: () => false,
}

const message = { headers: {}, body: '{}', timeout: 2_000 }

async function codeOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason) => reason
  )
  return error instanceof OutboundFailure ? error.fault : error?.code
}

test.group('Names', (group) => {
  let server: NameServer
  let names: Names
  const within = (milliseconds: number) => AbortSignal.timeout(milliseconds)

  group.each.setup(async () => {
    server = await NameServer.start(ZONE)
    names = new Names({ servers: [server.address] })
    return () => server.stop()
  })

  test('have the addresses of both families', async ({ assert }) => {
    const addresses = await Promise.all(
      ['both.example', 'FOUR.example.', 'six.example', 'empty.example'].map((name) =>
        names.addressesOf(name, within(2_000)).catch(({ code }) => code)
      )
    )

    assert.deepEqual(addresses, [
      [
        { address: ALLOWED, family: 4 },
        { address: '198.51.100.7', family: 4 },
        { address: '2001:db8::1', family: 6 },
      ],
      [{ address: ALLOWED, family: 4 }],
      [{ address: 'fd00::5', family: 6 }],
      'ENODATA',
    ])
    assert.equal(await codeOf(names.addressesOf('nobody.example', within(2_000))), 'ENOTFOUND')
  })

  test('of this machine are not asked about', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'finora-hosts-'))
    cleanup(() => rm(folder, { recursive: true }))
    const hosts = join(folder, 'hosts')
    await writeFile(hosts, '# 10.0.0.9 four.example\n127.0.0.1 here Here.Example # mine\n')
    names = new Names({ servers: [server.address], hosts })

    const local = await names.addressesOf('localhost', within(2_000))
    const own = await codeOf(names.addressesOf('here.example', within(5_000)))
    const other = await names.addressesOf('four.example', within(2_000))

    assert.include(
      local.map(({ address }) => address),
      '127.0.0.1'
    )
    assert.match(own!, /^(?:ENOTFOUND|EAI_AGAIN)$/)
    assert.deepEqual(other, [{ address: ALLOWED, family: 4 }])
    assert.deepEqual(new Set(server.asked), new Set(['four.example A', 'four.example AAAA']))
  }).timeout(15_000)

  test('that nobody answers for hold up nobody', async ({ assert }) => {
    const startedAt = performance.now()
    const silent = Array.from({ length: 16 }, (_, n) =>
      codeOf(names.addressesOf(`silent.${n}.example`, within(600)))
    )

    await lookup('localhost')
    const others = performance.now() - startedAt
    const codes = await Promise.all(silent)

    assert.isBelow(others, 300)
    assert.isBelow(performance.now() - startedAt, 1_200)
    assert.deepEqual(new Set(codes), new Set(['ECANCELLED']))
  })

  test('are called where all addresses are allowed', async ({ assert, cleanup }) => {
    const receiver = await WebhookReceiver.start(ALLOWED)
    const neighbour = await WebhookReceiver.start(REFUSED)
    cleanup(async () => {
      await receiver.stop()
      await neighbour.stop()
    })
    const client = new OutboundClient(rules, (name, signal) => names.addressesOf(name, signal))
    const at = (name: string, { port } = receiver) => `http://${name}:${port}/hook`

    const status = await client.post(at('four.example'), message)
    const faults = [
      await codeOf(client.post(at('mixed.example'), message)),
      await codeOf(client.post(at('mixed.example', neighbour), message)),
      await codeOf(client.post(at('nobody.example'), message)),
      await codeOf(client.post(at('silent.example'), { ...message, timeout: 300 })),
    ]

    assert.equal(status, 204)
    assert.deepEqual(faults, ['address', 'address', 'dns', 'timeout'])
    assert.lengthOf(receiver.letters, 1)
    assert.lengthOf(neighbour.letters, 0)
  })
})
