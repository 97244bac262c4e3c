import { gzipSync } from 'node:zlib'
import type { RawRequest } from '#tests/support/raw_http'

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' }

const json = (body: Buffer | string, headers: Record<string, string> = {}): RawRequest => ({
  headers: { ...JSON_TYPE, ...headers },
  body,
})

const field = (name: string, value = 'v') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

const file = (parameters: string, content: string) =>
  `--x\r\nContent-Disposition: form-data; name="file"; ${parameters}\r\n\r\n${content}\r\n`

const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

const account = (members: string) =>
  `{"email":"a@example.com","password":"long enough password","name":"A"${members}}`

/** Bodies that have brought servers down, each refused with a 4xx and nothing else. */
export const HOSTILE_BODIES: Record<string, RawRequest> = {
  'a multipart name nested 5,000 deep': {
    headers: MULTIPART,
    body: `${field(`a${'[b]'.repeat(5_000)}`)}--x--\r\n`,
  },
  'a form name nested 5,000 deep': { headers: FORM_TYPE, body: `a${'[b]'.repeat(5_000)}=1` },
  'objects nested 2,000 deep': json(nested(2_000)),
  'objects nested 3,000 deep': json(nested(3_000)),
  'lists nested 100,000 deep': json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  'lists that are never closed': json('['.repeat(100_000)),
  'a file name that does not decode': {
    headers: MULTIPART,
    body: `${file(`filename*=utf-8''%ff%zz`, 'a,b')}--x--\r\n`,
  },
  'a file name with a NUL': {
    headers: MULTIPART,
    body: `${file('filename="a\0.csv"', 'a,b')}--x--\r\n`,
  },
  'infinity': json(account(',"amount":1e400')),
  'a number JSON cannot hold': json(account(',"amount":9007199254740993')),
  'one key twice': json(account(',"name":"B"')),
  'invalid UTF-8': json(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  'overlong UTF-8': json(Buffer.from([0x7b, 0x22, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d])),
  'a NUL in text': json('{"email":"a\\u0000@example.com","refreshToken":"a\\u0000"}'),
  'a raw NUL': json('{"email":"a\0"}'),
  'half a surrogate pair': json('{"email":"\\ud800@example.com","refreshToken":"\\udfff"}'),
  'a prototype': json('{"__proto__":{"role":"ADMIN"},"email":"a@example.com"}'),
  'a constructor': json('{"constructor":{"prototype":{"role":"ADMIN"}}}'),
  'nothing but white space': json(' '.repeat(1_000)),
  'a scalar': json('1'),
  'null': json('null'),
  'NaN': json('{"a":NaN}'),
  'a comment': json('{/* */}'),
  'a hundred thousand members': json(
    `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join(',')}}`
  ),
  'more than any route takes': json(Buffer.alloc(3_000_000, ' ')),
  'a promise of too much': json('{}', { 'content-length': '99999999999999' }),
  'a negative length': json('{}', { 'content-length': '-1' }),
  'two kinds of length': json('0\r\n\r\n', { 'transfer-encoding': 'chunked' }),
  'a gzip bomb': json(gzipSync(Buffer.alloc(10_000_000)), { 'content-encoding': 'gzip' }),
  'gzip that is none': json('{}', { 'content-encoding': 'gzip' }),
  'XML with an entity': {
    headers: { 'content-type': 'application/xml' },
    body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  },
  'no type at all': { body: '{}' },
  'a type of nonsense': { headers: { 'content-type': ';;;=' }, body: '{}' },
  'multipart without a boundary': {
    headers: { 'content-type': 'multipart/form-data' },
    body: field('a'),
  },
  'multipart cut off': {
    headers: { ...MULTIPART, 'content-length': '5000' },
    body: file('filename="a.csv"', 'a,b'),
    truncated: true,
  },
  'multipart that never ends': { headers: MULTIPART, body: file('filename="a.csv"', 'a,b') },
  'a hundred thousand parts': {
    headers: MULTIPART,
    body: `${field('a', '').repeat(50_000)}--x--\r\n`,
  },
  'a hundred thousand form fields': { headers: FORM_TYPE, body: 'a=&'.repeat(80_000) },
  'part headers without end': {
    headers: MULTIPART,
    body: `--x\r\nContent-Disposition: form-data; name="${'a'.repeat(100_000)}`,
  },
}
