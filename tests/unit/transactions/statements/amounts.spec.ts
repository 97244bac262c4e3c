import { test } from '@japa/runner'
import fc from 'fast-check'
import { currency } from '#core/money/currency'
import {
  detectDecimal,
  readAmount,
  readDebitCredit,
  type DecimalMark,
} from '#transactions/domain/statements/amounts'

const EUR = currency('EUR')

const READ: [text: string, decimal: DecimalMark, code: string, expected: number | string][] = [
  ['12.34', '.', 'EUR', 1234],
  ['-12.3', '.', 'EUR', -1230],
  ['12', '.', 'EUR', 1200],
  ['.50', '.', 'EUR', 50],
  ['12,-', ',', 'EUR', 1200],
  ['1.234.567,89', ',', 'EUR', 123456789],
  ['1 234,56', ',', 'EUR', 123456],
  ['1\u00a0234,56', ',', 'EUR', 123456],
  ['1\u202f234,56 €', ',', 'EUR', 123456],
  ["1'234.50", '.', 'CHF', 123450],
  ['12,34,567.00', '.', 'INR', 123456700],
  ['+12.34', '.', 'EUR', 1234],
  ['12.34-', '.', 'EUR', -1234],
  ['−12.34', '.', 'EUR', -1234],
  ['(1,234.56)', '.', 'USD', -123456],
  ['($12.00)', '.', 'USD', -1200],
  ['-$12.00', '.', 'USD', -1200],
  ['$-12.00', '.', 'USD', -1200],
  ['12.34 DR', '.', 'GBP', -1234],
  ['12.34CR', '.', 'GBP', 1234],
  ['12,34 S', ',', 'EUR', -1234],
  ['EUR 12.34', '.', 'EUR', 1234],
  ['12,34 zł', ',', 'PLN', 1234],
  ['Fr. 12.50', '.', 'CHF', 1250],
  ['Rs.500', '.', 'INR', 50000],
  ['1,234', '.', 'JPY', 1234],
  ['-1,234円', '.', 'JPY', -1234],
  ['1円', '.', 'EUR', 'otherCurrency'],
  ['1.234', '.', 'KWD', 1234],
  ['￥12.50', '.', 'CNY', 1250],
  ['100:-', '.', 'SEK', 100_00],
  ['-100:-', ',', 'NOK', -100_00],
  ['1 234:50 kr', '.', 'SEK', 1234_50],
  ['1.234:50', '.', 'SEK', 1234_50],
  ['1,234:50-', ',', 'DKK', -1234_50],
  ['12:5', ',', 'SEK', 'unreadable'],
  ['12:30:15', ',', 'SEK', 'unreadable'],
  ['1.5:50', ',', 'SEK', 'unreadable'],
  ['12:30', '.', 'EUR', 'unreadable'],
  ['12.3400', '.', 'EUR', 1234],
  ['90071992547409.91', '.', 'EUR', Number.MAX_SAFE_INTEGER],
  ['-90071992547409.91', '.', 'EUR', Number.MIN_SAFE_INTEGER],
  ['90071992547409.92', '.', 'EUR', 'outOfRange'],
  ['9007199254740993', '.', 'JPY', 'outOfRange'],
  ['12.345', '.', 'EUR', 'tooPrecise'],
  ['12.5', '.', 'JPY', 'tooPrecise'],
  ['12.34', ',', 'EUR', 'unreadable'],
  ['1,23,4.00', '.', 'EUR', 'unreadable'],
  ['1.2.3', '.', 'EUR', 'unreadable'],
  ['1 234.567,00', ',', 'EUR', 'unreadable'],
  ['--12', '.', 'EUR', 'unreadable'],
  ['-12 DR', '.', 'EUR', 'unreadable'],
  ['(12', '.', 'EUR', 'unreadable'],
  ['12 apples', '.', 'EUR', 'unreadable'],
  ['1e3', '.', 'EUR', 'unreadable'],
  ['0x10', '.', 'EUR', 'unreadable'],
  ['=1+1', '.', 'EUR', 'unreadable'],
  ['NaN', '.', 'EUR', 'unreadable'],
  ['USD 12.34', '.', 'EUR', 'otherCurrency'],
  ['12,34 €', ',', 'USD', 'otherCurrency'],
  ['', '.', 'EUR', 'missing'],
  [' - ', '.', 'EUR', 'missing'],
]

test.group('CSV amounts', () => {
  test('reads {text} as {expected}')
    .with(READ.map(([text, decimal, code, expected]) => ({ text, decimal, code, expected })))
    .run(({ assert }, { text, decimal, code, expected }) => {
      assert.strictEqual(readAmount(text, decimal, currency(code)), expected)
    })

  test('never yields a negative zero', ({ assert }) => {
    for (const text of ['-0', '-0.00', '(0)', '0.00-']) {
      assert.isTrue(Object.is(readAmount(text, '.', EUR), 0), text)
    }
  })

  test('reads every way of writing', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
        fc.constantFrom<DecimalMark>('.', ','),
        fc.constantFrom('', ' ', '\u00a0', '\u202f', "'", '’', 'other'),
        fc.constantFrom('front', 'behind', 'brackets', 'DR', 'code'),
        (minor, code, decimal, group, style) => {
          const { digits } = currency(code)
          const separator = group === 'other' ? (decimal === '.' ? ',' : '.') : group
          const plain = String(Math.abs(minor)).padStart(digits + 1, '0')
          const whole = plain.slice(0, plain.length - digits)
          const grouped = whole.replace(/\B(?=(\d{3})+$)/g, separator)
          const number = digits ? `${grouped}${decimal}${plain.slice(-digits)}` : grouped
          const written = {
            front: minor < 0 ? `-${number}` : `+${number}`,
            behind: minor < 0 ? `${number}-` : number,
            brackets: minor < 0 ? `(${number})` : number,
            DR: minor < 0 ? `${number} DR` : `${number} CR`,
            code: minor < 0 ? `${code} -${number}` : `${number} ${code}`,
          }[style]!
          return readAmount(written, decimal, currency(code)) === minor
        }
      ),
      { numRuns: 2000 }
    )
  })

  test('never throws on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const amount = readAmount(text, ',', EUR)
        return typeof amount === 'string' || Number.isSafeInteger(amount)
      })
    )
  })

  test('reads debit {debit} credit {credit}')
    .with([
      { debit: '12,34', credit: '', expected: -1234 },
      { debit: '-12,34', credit: '', expected: -1234 },
      { debit: '', credit: '5,00', expected: 500 },
      { debit: '0,00', credit: '5,00', expected: 500 },
      { debit: '5,00', credit: '0,00', expected: -500 },
      { debit: '0,00', credit: '', expected: 0 },
      { debit: '1,00', credit: '2,00', expected: 'bothFilled' },
      { debit: '', credit: '-2,00', expected: 'negativeCredit' },
      { debit: '', credit: '', expected: 'missing' },
      { debit: '', credit: '-', expected: 'missing' },
      { debit: 'x', credit: '2,00', expected: 'unreadable' },
    ])
    .run(({ assert }, { debit, credit, expected }) => {
      assert.strictEqual(readDebitCredit(debit, credit, { decimal: ',', currency: EUR }), expected)
    })

  test('reads credits that are all negative', ({ assert }) => {
    const stated = { decimal: ',', currency: EUR, creditsAreNegative: true } as const

    assert.strictEqual(readDebitCredit('', '-2,00', stated), 200)
    assert.strictEqual(readDebitCredit('2,00', '', stated), -200)
    assert.strictEqual(readDebitCredit('', '2,00', stated), 200)
  })
})

test.group('CSV amounts / decimal mark', () => {
  test('finds {decimal} in {samples}')
    .with([
      { samples: ['12,34', '5,00'], decimal: ',', certain: true },
      { samples: ['12.34', '1.234'], decimal: '.', certain: false },
      { samples: ['1.234,56'], decimal: ',', certain: true },
      { samples: ['1,234.56'], decimal: '.', certain: true },
      { samples: ['1.234.567'], decimal: ',', certain: true },
      { samples: ['1.235'], decimal: ',', certain: true },
      { samples: ['1.230', '2.500'], decimal: '.', certain: false },
      { samples: ["1'234.50", '€ 0.5'], decimal: '.', certain: true },
      { samples: ['12', '-7'], decimal: '.', certain: true },
    ])
    .run(({ assert }, { samples, decimal, certain }) => {
      const detected = detectDecimal(samples, 2)

      assert.equal(detected.decimal, decimal)
      assert.equal(detected.confidence === 1, certain)
    })
})
