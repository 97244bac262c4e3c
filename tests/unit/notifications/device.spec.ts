import { test } from '@japa/runner'
import { deviceOf, isSurprising } from '#notifications/domain/device'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const edge = `${chrome} Edg/140.0.0.0`
const pixel =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'

test.group('Device', () => {
  test('is {device}')
    .with([
      { userAgent: firefox, device: 'Firefox on Linux' },
      { userAgent: chrome, device: 'Chrome on Windows' },
      { userAgent: edge, device: 'Edge on Windows' },
      { userAgent: pixel, device: 'Chrome on Android' },
      { userAgent: 'curl/8.10.1', device: 'curl' },
      { userAgent: '<script>alert(1)</script>', device: 'An unknown device' },
      { userAgent: '  ', device: 'An unknown device' },
      { userAgent: null, device: 'An unknown device' },
    ])
    .run(({ assert }, { userAgent, device }) => {
      assert.equal(deviceOf(userAgent), device)
    })
})

test.group('Sign-in', () => {
  const registeredAt = new Date('2026-07-01T12:00:00Z')
  const at = new Date('2026-08-20T12:00:00Z')
  const home = { ip: '203.0.113.7', userAgent: firefox }

  test('{what} is {verdict}')
    .with([
      {
        what: 'the first of all',
        session: { ...home, at: new Date('2026-07-01T12:59:00Z') },
        earlier: [],
        verdict: 'expected',
      },
      { what: 'the first that is known', session: home, earlier: [], verdict: 'surprising' },
      { what: 'the same again', session: home, earlier: [home], verdict: 'expected' },
      {
        what: 'an update of the browser',
        session: { ...home, userAgent: firefox.replaceAll('140', '141') },
        earlier: [home],
        verdict: 'expected',
      },
      {
        what: 'a neighbour’s address',
        session: { ...home, ip: '203.0.113.99' },
        earlier: [home],
        verdict: 'expected',
      },
      {
        what: 'another browser',
        session: { ...home, userAgent: chrome },
        earlier: [home],
        verdict: 'surprising',
      },
      {
        what: 'another network',
        session: { ...home, ip: '198.51.100.7' },
        earlier: [home],
        verdict: 'surprising',
      },
      {
        what: 'the same /64',
        session: { ...home, ip: '2001:db8:1:2::1' },
        earlier: [{ ...home, ip: '2001:db8:1:2:aaaa::9' }],
        verdict: 'expected',
      },
      {
        what: 'known device, known network',
        session: home,
        earlier: [
          { ip: home.ip, userAgent: chrome },
          { ip: '198.51.100.7', userAgent: firefox },
        ],
        verdict: 'expected',
      },
    ])
    .run(({ assert }, { session, earlier, verdict }) => {
      assert.equal(
        isSurprising({ at, ...session }, earlier, registeredAt) ? 'surprising' : 'expected',
        verdict
      )
    })
})
