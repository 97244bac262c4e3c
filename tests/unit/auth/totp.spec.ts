import { test } from '@japa/runner'
import { base32 } from '#auth/domain/base32'
import { recoveryCode } from '#auth/domain/recovery_code'
import { totp } from '#auth/domain/totp'

/** The secret of the RFC's examples. */
const SECRET = Buffer.from('12345678901234567890')

test.group('One-time passwords', () => {
  test('are those of RFC 6238 at {seconds}')
    .with([
      { seconds: 59, code: '94287082' },
      { seconds: 1111111109, code: '07081804' },
      { seconds: 1111111111, code: '14050471' },
      { seconds: 1234567890, code: '89005924' },
      { seconds: 2000000000, code: '69279037' },
      { seconds: 20000000000, code: '65353130' },
    ])
    .run(({ assert }, { seconds, code }) => {
      assert.equal(totp.codeAt(SECRET, totp.stepAt(seconds), 8), code)
    })

  test('are those of RFC 4226 for {counter}')
    .with(
      '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'
        .split(' ')
        .map((code, counter) => ({ counter, code }))
    )
    .run(({ assert }, { counter, code }) => {
      assert.equal(totp.codeAt(SECRET, counter), code)
    })

  test('are taken a step early or late', ({ assert }) => {
    const matches = [-2, -1, 0, 1, 2].map((offset) =>
      totp.matchingStep(SECRET, totp.codeAt(SECRET, 5_000 + offset), 5_000)
    )

    assert.deepEqual(matches, [null, 4_999, 5_000, 5_001, null])
  })

  test('are six digits, not {code}')
    .with(['', '28708', '2870820', '28708a', ' 287082', '２８７０８２'].map((code) => ({ code })))
    .run(({ assert }, { code }) => {
      assert.isNull(totp.matchingStep(SECRET, code, 1))
    })

  test('are set up with a URL', ({ assert }) => {
    const { secret, otpauthUrl } = totp.enrolment(SECRET, 'ada+money@example.com')

    assert.equal(secret, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    assert.equal(
      otpauthUrl,
      'otpauth://totp/Finora:ada%2Bmoney%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' +
        '&issuer=Finora&algorithm=SHA1&digits=6&period=30'
    )
  })
})

test.group('Base32', () => {
  test('is that of RFC 4648: {text}')
    .with([
      { text: '', encoded: '' },
      { text: 'f', encoded: 'MY' },
      { text: 'fo', encoded: 'MZXQ' },
      { text: 'foo', encoded: 'MZXW6' },
      { text: 'foob', encoded: 'MZXW6YQ' },
      { text: 'fooba', encoded: 'MZXW6YTB' },
      { text: 'foobar', encoded: 'MZXW6YTBOI' },
    ])
    .run(({ assert }, { text, encoded }) => {
      assert.equal(base32(Buffer.from(text)), encoded)
    })
})

test.group('Recovery codes', () => {
  test('are recognised as people type them', ({ assert }) => {
    const code = recoveryCode.issue()

    const hash = recoveryCode.hashOf(code)

    assert.match(code, /^([a-z2-7]{4}-){5}[a-z2-7]{4}$/)
    assert.deepEqual(recoveryCode.hashOf(` ${code.toUpperCase().replaceAll('-', ' ')}`), hash)
    assert.isNull(recoveryCode.hashOf('287082'))
  })
})
