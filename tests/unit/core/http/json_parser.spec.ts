import fc from 'fast-check'
import { test } from '@japa/runner'
import { Problem } from '#core/http/problem'
import { parseJson } from '#core/http/body/json_parser'

const DEPTH = 32
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const parse = (text: string | Uint8Array) => parseJson(Buffer.from(text), DEPTH)

function refusal(text: string | Uint8Array): Problem {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error(`accepted ${text}`)
}

/** What JSON can say and the API takes: numbers and texts that survive, plain names. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value)
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  const reserved = ['__proto__', 'constructor', 'prototype']
  return Object.entries(value).every(
    ([key, each]) => !reserved.includes(key) && isPlain(key) && isPlain(each)
  )
}

test.group('JSON parser', () => {
  test('keeps {text} exactly')
    .with([
      { text: '-0', value: 0 },
      { text: '1e2', value: 100 },
      { text: '1.10', value: 1.1 },
      { text: '5e-324', value: 5e-324 },
      { text: '0e999', value: 0 },
      { text: '9007199254740991', value: 9007199254740991 },
      { text: '-9007199254740991', value: -9007199254740991 },
      { text: String.raw`"\u00e9\ud83d\ude00"`, value: 'é😀' },
      { text: String.raw`"\\"`, value: '\\' },
      { text: String.raw`"a\"b"`, value: 'a"b' },
      { text: ' { "a" : [ ] , "b":{}, "c":[{}] } ', value: { a: [], b: {}, c: [{}] } },
      { text: nested(32), value: JSON.parse(nested(32)) },
    ])
    .run(({ assert }, { text, value }) => {
      const parsed = parse(text)

      assert.deepEqual(parsed, value)
    })

  test('refuses the number {text}')
    .with([
      { text: '1e400' },
      { text: '-1e400' },
      { text: '1e-400' },
      { text: '1e5000000000000000000000' },
      { text: '9007199254740992' },
      { text: '9007199254740993' },
      { text: '-9007199254740993' },
      { text: '0.12345678901234567890' },
    ])
    .run(({ assert }, { text }) => {
      const problem = refusal(`{"lines":[1,{"amount":${text}}]}`)

      assert.equal(problem.status, 422)
      assert.equal(problem.errors![0].field, 'lines.1.amount')
    })

  test('refuses {text}')
    .with(
      [
        ...['', ' ', '{', '[', '{"a"', '{"a":', '[1 2]', '[1,]', '{"a":1,}', '{a:1}', "{'a':1}"],
        ...['NaN', 'Infinity', '-Infinity', '01', '1.', '.5', '+1', '-', 'tru', '/**/1', '1 2'],
        ...['"a', '"\n"', String.raw`"\x"`, String.raw`"\u0000"`, String.raw`"\ud800"`],
        ...[String.raw`{"\udc00":1}`, '\ufeff{}', '{"a":1,"a":2}', '{"__proto__":1}'],
        ...['{"constructor":{"prototype":1}}', nested(33), '{"a":'.repeat(3000)],
      ].map((text) => ({ text }))
    )
    .run(({ assert }, { text }) => {
      const problem = refusal(text)

      assert.equal(problem.code, 'MalformedRequest')
      assert.isBelow(problem.detail!.length, 400)
    })

  test('names the field that repeats', ({ assert }) => {
    const problem = refusal('{"lines":[{"a":1},{"b":1,"b":2}]}')

    assert.include(problem.detail, '"lines.1.b"')
  })

  test('refuses invalid UTF-8', ({ assert }) => {
    const problem = refusal(Buffer.from([0x22, 0xc0, 0x80, 0x22]))

    assert.equal(problem.code, 'MalformedRequest')
  })

  test('reads back what JSON.stringify writes', ({ assert }) => {
    const values = fc.jsonValue({ maxDepth: 6 }).filter(isPlain)

    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(value)

        assert.deepEqual(parse(text), JSON.parse(text))
      }),
      { numRuns: 1_000 }
    )
  })

  test('accepts nothing that JSON.parse refuses', ({ assert }) => {
    const pieces = fc.constantFrom(...'{}[]":,-.eu\\01a ', 'true', 'null', '"a"')
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''))

    fc.assert(
      fc.property(texts, (text) => {
        const parsed = attempt(() => parse(text))

        if (parsed !== undefined) assert.deepEqual(parsed, JSON.parse(text, unsigned))
      }),
      { numRuns: 5_000 }
    )
  })

  test('survives arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        attempt(() => parse(bytes))
      }),
      { numRuns: 2_000 }
    )
  })
})

/** Undefined for a refusal; any other error is a defect. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** `-0` is 0: money has no negative zero. */
function unsigned(_key: string, value: unknown) {
  return value === 0 ? 0 : value
}
