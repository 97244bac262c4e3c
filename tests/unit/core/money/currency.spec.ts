import { test } from '@japa/runner'
import { CURRENCY_CODES, UnknownCurrency, currency, isCurrency } from '#core/money/currency'

test.group('Currency', () => {
  test('knows the digits of {code}')
    .with([
      { code: 'EUR', digits: 2 },
      { code: 'USD', digits: 2 },
      { code: 'JPY', digits: 0 },
      { code: 'ISK', digits: 0 },
      { code: 'KWD', digits: 3 },
      { code: 'TND', digits: 3 },
      { code: 'CLF', digits: 4 },
      { code: 'UYW', digits: 4 },
    ])
    .run(({ assert }, { code, digits }) => {
      assert.equal(currency(code).digits, digits)
    })

  test('names currencies in English', ({ assert }) => {
    assert.equal(currency('EUR').name, 'Euro')
  })

  test('refuses what has no minor unit', ({ assert }) => {
    for (const code of ['XAU', 'XXX', 'eur', 'EU', '', 'constructor']) {
      assert.isFalse(isCurrency(code), code)
      assert.throws(() => currency(code), UnknownCurrency)
    }
  })

  test('lists every code once', ({ assert }) => {
    assert.equal(new Set(CURRENCY_CODES).size, CURRENCY_CODES.length)
    assert.isTrue(CURRENCY_CODES.every((code) => /^[A-Z]{3}$/.test(code)))
    assert.isAbove(CURRENCY_CODES.length, 160)
  })
})
