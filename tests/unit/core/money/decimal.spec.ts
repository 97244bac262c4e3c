import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  DivisionByZero,
  InvalidDecimal,
  divideRounded,
  formatDecimal,
  parseDecimal,
  ratio,
  type Rounding,
} from '#core/money/decimal'

test.group('Decimal', () => {
  test('refuses {text} as a number')
    .with(
      ['', '.5', '5.', '1e3', '0x1', '1,5', ' 1', 'NaN', '--1', '1'.repeat(101)].map((text) => ({
        text,
      }))
    )
    .run(({ assert }, { text }) => {
      assert.throws(() => parseDecimal(text), InvalidDecimal)
    })

  test('rounds {numerator}/{denominator} {rounding}')
    .with([
      { numerator: 5n, denominator: 2n, rounding: 'half-even' as Rounding, expected: 2n },
      { numerator: 7n, denominator: 2n, rounding: 'half-even' as Rounding, expected: 4n },
      { numerator: -5n, denominator: 2n, rounding: 'half-even' as Rounding, expected: -2n },
      { numerator: 5n, denominator: 2n, rounding: 'half-up' as Rounding, expected: 3n },
      { numerator: -5n, denominator: 2n, rounding: 'half-up' as Rounding, expected: -3n },
      { numerator: 5n, denominator: -2n, rounding: 'half-up' as Rounding, expected: -3n },
      { numerator: 8n, denominator: 3n, rounding: 'half-even' as Rounding, expected: 3n },
    ])
    .run(({ assert }, { numerator, denominator, rounding, expected }) => {
      assert.equal(divideRounded(numerator, denominator, rounding), expected)
    })

  test('writes ratios with fixed decimals', ({ assert }) => {
    assert.equal(ratio(1, 3), '0.3333')
    assert.equal(ratio(-2, 3, 4), '-0.6667')
    assert.equal(ratio(1, 8, 2, 'half-even'), '0.12')
    assert.equal(ratio(1, 8, 2, 'half-up'), '0.13')
    assert.equal(ratio(7n, 7n, 0), '1')
    assert.throws(() => ratio(1, 0), DivisionByZero)
  })

  test('reads what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 20 }), (coefficient, scale) => {
        const text = formatDecimal(coefficient, scale)
        fc.pre(text.length <= 100)
        const read = parseDecimal(text)
        return read.coefficient === coefficient && read.scale === scale
      })
    )
  })

  test('is never off by more than half', () => {
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.bigInt().filter((value) => value !== 0n),
        fc.constantFrom<Rounding>('half-even', 'half-up'),
        (numerator, denominator, rounding) => {
          const error = divideRounded(numerator, denominator, rounding) * denominator - numerator
          const magnitude = error < 0n ? -error : error
          return magnitude * 2n <= (denominator < 0n ? -denominator : denominator)
        }
      )
    )
  })
})
