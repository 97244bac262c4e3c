import { test } from '@japa/runner'
import * as fc from 'fast-check'
import { payeeSimilarity, SIMILAR } from '#transactions/domain/payee_similarity'

/** What people write, and what banks write for it. */
const SAME = [
  ['Rewe', 'REWE SAGT DANKE 47110815 BERLIN'],
  ['Amazon', 'AMZN Mktp DE*2K3LM4'],
  ['Amazon', 'Amazon.de*1X2Y3Z'],
  ['Spotify', 'PAYPAL *SPOTIFY'],
  ['Bakery Müller', 'Baeckerei Mueller GmbH'],
  ['McDonalds', 'MC DONALDS 1234 ZURICH'],
  ["McDonald's", 'MCDONALDS'],
  ['Café Zürich', 'CAFE ZURICH 8001'],
  ['Corner shop', 'The Corner Shop Ltd'],
  ['Netto', 'NETTO MARKEN-DISCOUNT STGT'],
  ['Uber', 'UBER *TRIP HELP.UBER.COM'],
  ['Stadtwerke', 'Stadtwerke Köln AöR'],
  ['Deutsche Bahn', 'DB Vertrieb GmbH Deutsche Bahn Ticket'],
  ['SBB', 'SBB CFF FFS'],
  ['Migros', 'MIGROS ZUERICH HB'],
  ['Coop', 'COOP-1234 BASEL'],
  ['Dr Novak', 'Dr. Jiří Novák'],
  ['O2', 'Telefonica O2 Germany'],
  ['スーパー', 'スーパー玉出'],
  ['Wallmart', 'WALMART SUPERCENTER'],
  ['Starbucks coffee', 'STARBUCKS 00123'],
  ['H&M', 'H&M 123'],
  ['Trader Joes', 'TRADER JOE S #123'],
  ['PayPal', 'PAYPAL'],
  ['1234', '1234'],
]

const DIFFERENT = [
  ['Rewe', 'Edeka'],
  ['Coffee', 'Café Zürich'],
  ['Groceries', 'REWE SAGT DANKE'],
  ['Shell', 'Aral Station'],
  ['Bank', 'Bakery'],
  ['Corner shop', 'Coffee shop'],
  ['Book store', 'Liquor store'],
  ['Rent', 'Trent Restaurant'],
  ['Smith', 'Schmidt'],
  ['Uber', 'Huber Metzgerei'],
  ['Rossmann', 'Grossmann'],
  ['Aldi', 'Audi AG'],
  ['Netflix', 'Netto'],
  ['DM', 'Dr M'],
  ['Card payment', 'Kartenzahlung'],
  ['Apotheke', 'Optiker'],
  ['', 'Rewe'],
  ['***', 'Rewe'],
]

test.group('Payee similarity', () => {
  test('finds {0} in {1}')
    .with(SAME)
    .run(({ assert }, [person, bank]) => {
      assert.isAtLeast(payeeSimilarity(person, bank), SIMILAR)
    })

  test('keeps {0} from {1}')
    .with(DIFFERENT)
    .run(({ assert }, [person, bank]) => {
      assert.isBelow(payeeSimilarity(person, bank), SIMILAR)
    })

  test('does not depend on the order', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(text, text, (one, other) => {
        const similarity = payeeSimilarity(one, other)
        return similarity === payeeSimilarity(other, one) && similarity >= 0 && similarity <= 100
      })
    )
  })
})
