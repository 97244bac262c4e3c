import { test } from '@japa/runner'
import fc from 'fast-check'
import { UnknownCurrency } from '#core/money/currency'
import { InvalidDecimal } from '#core/money/decimal'
import {
  AmountOutOfRange,
  AmountTooPrecise,
  CurrencyMismatch,
  InvalidShares,
} from '#core/money/errors'
import { Money } from '#core/money/money'

const minor = fc.maxSafeInteger()

test.group('Money / reading and writing', () => {
  test('parses {text} {code} exactly')
    .with([
      { text: '12.34', code: 'EUR', expected: 1234 },
      { text: '-0.01', code: 'EUR', expected: -1 },
      { text: '+7', code: 'EUR', expected: 700 },
      { text: '12.3400', code: 'EUR', expected: 1234 },
      { text: '500', code: 'JPY', expected: 500 },
      { text: '1.234', code: 'KWD', expected: 1234 },
      { text: '90071992547409.91', code: 'EUR', expected: Number.MAX_SAFE_INTEGER },
    ])
    .run(({ assert }, { text, code, expected }) => {
      assert.equal(Money.parse(text, code).minor, expected)
    })

  test('refuses inexact text', ({ assert }) => {
    assert.throws(() => Money.parse('12.345', 'EUR'), AmountTooPrecise)
    assert.throws(() => Money.parse('0.5', 'JPY'), AmountTooPrecise)
    assert.throws(() => Money.parse('12,34', 'EUR'), InvalidDecimal)
    assert.throws(() => Money.parse('1e3', 'EUR'), InvalidDecimal)
    assert.throws(() => Money.parse('90071992547409.92', 'EUR'), AmountOutOfRange)
    assert.throws(() => Money.parse('1', 'XYZ'), UnknownCurrency)
  })

  test('refuses unsafe integers', ({ assert }) => {
    for (const amount of [0.5, Number.NaN, Infinity, 2 ** 53, 2n ** 53n + 1n, -(2n ** 60n)]) {
      assert.throws(() => Money.of(amount, 'EUR'), AmountOutOfRange)
    }
  })

  test('reads the decimal it writes', () => {
    fc.assert(
      fc.property(minor, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (amount, code) => {
        const money = Money.of(amount, code)
        return Money.parse(money.toDecimal(), code).equals(money)
      })
    )
  })

  test('formats with the exact digits', ({ assert }) => {
    assert.equal(Money.of(-123456, 'EUR').format('de-DE'), '-1.234,56\u00a0€')
    assert.equal(Money.of(5, 'KWD').format('en'), 'KWD\u00a00.005')
    assert.equal(Money.of(1234, 'JPY').format('en'), '¥1,234')
    assert.equal(Money.of(Number.MAX_SAFE_INTEGER, 'USD').format('en'), '$90,071,992,547,409.91')
  })

  test('serializes as the API does', ({ assert }) => {
    assert.equal(JSON.stringify(Money.of(-0, 'EUR')), '{"amount":0,"currency":"EUR"}')
  })

  test('cannot be changed', ({ assert }) => {
    const money = Money.of(1, 'EUR')

    assert.throws(() => Object.assign(money, { minor: 2 }), TypeError)
  })
})

test.group('Money / arithmetic', () => {
  test('adds and subtracts exactly', ({ assert }) => {
    const sum = Money.parse('0.1', 'EUR').add(Money.parse('0.2', 'EUR'))

    assert.equal(sum.toDecimal(), '0.30')
    assert.equal(sum.subtract(Money.of(50, 'EUR')).minor, -20)
    assert.isTrue(Object.is(Money.zero('EUR').negate().minor, 0))
    assert.equal(Money.sum([sum, sum], 'EUR').minor, 60)
    assert.equal(Money.sum([], 'JPY').currency, 'JPY')
  })

  test('refuses another currency', ({ assert }) => {
    const euro = Money.of(1, 'EUR')
    const dollar = Money.of(1, 'USD')

    assert.throws(() => euro.add(dollar), CurrencyMismatch)
    assert.throws(() => euro.subtract(dollar), CurrencyMismatch)
    assert.throws(() => euro.compare(dollar), CurrencyMismatch)
    assert.isFalse(euro.equals(dollar))
  })

  test('refuses to leave the safe integers', ({ assert }) => {
    const largest = Money.of(Number.MAX_SAFE_INTEGER, 'EUR')

    assert.throws(() => largest.add(Money.of(1, 'EUR')), AmountOutOfRange)
    assert.throws(() => largest.negate().subtract(largest), AmountOutOfRange)
    assert.throws(() => largest.multiply('1.01', 'half-up'), AmountOutOfRange)
  })

  test('agrees with big integers or throws', () => {
    fc.assert(
      fc.property(minor, minor, (a, b) => {
        const exact = BigInt(a) + BigInt(b)
        const isSafe = Number.isSafeInteger(Number(exact))
        try {
          return BigInt(Money.of(a, 'EUR').add(Money.of(b, 'EUR')).minor) === exact && isSafe
        } catch (error) {
          return error instanceof AmountOutOfRange && !isSafe
        }
      })
    )
  })

  test('rounds a product once', ({ assert }) => {
    assert.equal(Money.of(1250, 'EUR').multiply('0.1', 'half-even').minor, 125)
    assert.equal(Money.of(25, 'EUR').multiply('0.1', 'half-even').minor, 2)
    assert.equal(Money.of(25, 'EUR').multiply('0.1', 'half-up').minor, 3)
    assert.equal(Money.of(-25, 'EUR').multiply('0.1', 'half-up').minor, -3)
    assert.equal(Money.of(100_00, 'EUR').multiply('1.0825', 'half-even').minor, 108_25)
  })

  test('sorts by amount', ({ assert }) => {
    const sorted = [3, -1, 2].map((amount) => Money.of(amount, 'EUR'))

    sorted.sort((a, b) => a.compare(b))

    assert.deepEqual(
      sorted.map((money) => money.minor),
      [-1, 2, 3]
    )
  })
})

test.group('Money / allocate', () => {
  test('gives leftover cents away', ({ assert }) => {
    const parts = (amount: number, shares: number[]) =>
      Money.of(amount, 'EUR')
        .allocate(shares)
        .map((part) => part.minor)

    assert.deepEqual(parts(100, [1, 1, 1]), [34, 33, 33])
    assert.deepEqual(parts(-100, [1, 1, 1]), [-34, -33, -33])
    assert.deepEqual(parts(5, [3, 7]), [2, 3])
    assert.deepEqual(parts(10, [0, 1, 0]), [0, 10, 0])
    assert.deepEqual(parts(101, [50, 30, 20]), [51, 30, 20])
  })

  test('refuses shares that divide nothing', ({ assert }) => {
    for (const shares of [[], [0], [-1, 2], [0.5]]) {
      assert.throws(() => Money.of(1, 'EUR').allocate(shares), InvalidShares)
    }
  })

  test('never loses a cent', () => {
    const shares = fc
      .array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((share) => share > 0))
    fc.assert(
      fc.property(minor, shares, (amount, list) => {
        const parts = Money.of(amount, 'EUR').allocate(list)
        const total = list.reduce((sum, share) => sum + share, 0)
        const fair = parts.every((part, index) => {
          const error = BigInt(part.minor) * BigInt(total) - BigInt(amount) * BigInt(list[index])
          return (error < 0n ? -error : error) < BigInt(total)
        })
        return fair && parts.reduce((sum, part) => sum + BigInt(part.minor), 0n) === BigInt(amount)
      })
    )
  })
})
