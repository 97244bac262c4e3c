import { test } from '@japa/runner'
import { attachment } from '#core/http/content_disposition'

test.group('HTTP / content disposition', () => {
  test('encodes {name}')
    .with([
      { name: 'a.pdf', ascii: 'a.pdf', encoded: 'a.pdf' },
      { name: 'Grüße €.pdf', ascii: 'Gr__e _.pdf', encoded: 'Gr%C3%BC%C3%9Fe%20%E2%82%AC.pdf' },
      { name: 'a"; x="\\.pdf', ascii: 'a_; x=__.pdf', encoded: 'a%22%3B%20x%3D%22%5C.pdf' },
      { name: "it's (1)*.pdf", ascii: "it's (1)*.pdf", encoded: 'it%27s%20%281%29%2A.pdf' },
      {
        name: 'a\r\nSet-Cookie: b',
        ascii: 'a__Set-Cookie: b',
        encoded: 'a%0D%0ASet-Cookie%3A%20b',
      },
      { name: '100%41.pdf', ascii: '100_41.pdf', encoded: '100%2541.pdf' },
      { name: '🥐.png', ascii: '_.png', encoded: '%F0%9F%A5%90.png' },
    ])
    .run(({ assert }, { name, ascii, encoded }) => {
      const header = attachment(name)

      assert.equal(header, `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`)
      assert.match(header, /^[\x20-\x7e]+$/)
    })
})
