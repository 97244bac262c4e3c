import { test } from '@japa/runner'
import fc from 'fast-check'
import { normalPayee } from '#transactions/domain/normal_payee'
import { PayeeAliases } from '#transactions/domain/payee_aliases'

const NAMES = [
  { printed: 'MIGROS 1234 ZURICH CH', form: 'migros' },
  { printed: 'SUMUP  *CAFE ROMA', form: 'cafe roma' },
  { printed: 'SumUp *Cafe Roma 8001 Zürich', form: 'cafe roma' },
  { printed: 'PAYPAL *SPOTIFY 35314369001 GB', form: 'spotify' },
  { printed: 'SQ *BLUE BOTTLE', form: 'blue bottle' },
  { printed: 'Zettle_*Kaffee Kiosk', form: 'kaffee kiosk' },
  { printed: 'VISA COOP-1234 BERN', form: 'coop bern' },
  {
    printed: 'Kartenzahlung REWE SAGT DANKE 12345//BERLIN/DE 2026-01-03T12:33',
    form: 'rewe sagt danke',
  },
  { printed: 'AMZN Mktp DE*MK4TU9XV5', form: 'amzn mktp' },
  { printed: 'AMAZON.DE*1X2Y3Z', form: 'amazon.de' },
  { printed: 'CB CARREFOUR 12/03/26 CARTE 1234', form: 'carrefour' },
  { printed: 'Kartenzahlung xxxx1234 Coop', form: 'coop' },
  { printed: 'ALDI SUED 12.03. 14:22 UHR', form: 'aldi sued' },
  { printed: 'Rewe Filiale 7', form: 'rewe' },
  { printed: 'EDEKA 12JAN26', form: 'edeka' },
  { printed: 'SHELL 12345 KOELN DE', form: 'shell' },
  { printed: 'POS 123 LIDL', form: 'lidl' },
]

const DIFFERENT = [
  ['UBER *EATS', 'UBER *TRIP'],
  ['Müller GmbH', 'Müller AG'],
  ['CAFE ROMA CH', 'CAFE MILANO CH'],
  ['Stadtwerke Köln DE', 'Stadtwerke Bonn DE'],
  ['Hotel Adler 3012 BERN', 'Hotel Bären 3012 BERN'],
  ['Motel 6', 'Motel One'],
  ['Studio54', 'Studio 1'],
  ['Credit Suisse', 'Credit Agricole'],
  ['Bäckerei Groß', 'Bäckerei Klein'],
  ['Café Été', 'Cafe Ete'],
  ['H&M', 'C&A'],
  ['AMAZON.DE', 'AMAZON PRIME'],
]

const ANYBODY = [
  'Unknown',
  'ATM',
  'PAYPAL',
  'PayPal (Europe) S.a r.l. et Cie, S.C.A.',
  'Kartenzahlung xxxx1234',
  'SEPA Überweisung',
  'Taxi 44',
  'Bar 25',
  '4711',
  '#123',
  '* / -',
  '',
]

test.group('Payees / normal form', () => {
  test('of {printed} is {form}')
    .with(NAMES)
    .run(({ assert }, { printed, form }) => {
      assert.equal(normalPayee(printed), form)
    })

  test('keeps {one} and {other} apart')
    .with(DIFFERENT.map(([one, other]) => ({ one, other })))
    .run(({ assert }, { one, other }) => {
      assert.isNotNull(normalPayee(one))
      assert.notEqual(normalPayee(one), normalPayee(other))
    })

  test('keeps the name in {printed}')
    .with(
      ['7-ELEVEN', '1001 Nuits', 'Forever 21', 'O2', 'C&A', 'Fitness 24/7', 'スーパー玉出'].map(
        (printed) => ({ printed })
      )
    )
    .run(({ assert }, { printed }) => {
      assert.equal(normalPayee(printed), printed.toLowerCase())
    })

  test('of {text} names nobody')
    .with(ANYBODY.map((text) => ({ text })))
    .run(({ assert }, { text }) => {
      assert.isNull(normalPayee(text))
    })

  test('is its own normal form', () => {
    const word = fc.oneof(
      fc.constantFrom('visa', 'migros', '1234', '12', 'ch', 'zurich', '8001', 'xx12', '*', 'dr.'),
      fc.constantFrom('14:22', '12.03.', 'uhr', 'paypal', 'pos', '#12', 'www.a.ch', '//', 'ref:'),
      fc.string({ unit: 'grapheme', maxLength: 6 })
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), (words) => {
        const form = normalPayee(words.join(' '))
        return form === null || normalPayee(form) === form
      }),
      { numRuns: 5_000 }
    )
  })

  test('is the same at every payment', () => {
    const shop = fc.constantFrom('Migros', 'Café Zürich', 'Le Bistrot d’Été', '麺屋武蔵', 'H&M')
    const day = fc.constantFrom('12.03.2026', '2026-03-12', '03/12/26', '12MAR26')
    const number = fc.integer({ min: 100_000, max: 99_999_999 })
    fc.assert(
      fc.property(shop, day, number, fc.boolean(), (name, date, reference, shouts) => {
        const printed = `VISA ${name} ${reference} ${date} 14:22 xxxx1234`
        return normalPayee(shouts ? printed.toUpperCase() : printed) === normalPayee(name)
      })
    )
  })
})

test.group('Payees / aliases', () => {
  test('name what a bank prints differently', ({ assert }) => {
    const aliases = new PayeeAliases([{ alias: 'migros', payee: 'Migros' }])

    assert.equal(aliases.nameOf('MIGROS 1234 ZURICH CH'), 'Migros')
    assert.equal(aliases.nameOf('VISA MIGROS 99 12.03.'), null)
    assert.equal(aliases.nameOf('Kartenzahlung'), null)
  })
})
