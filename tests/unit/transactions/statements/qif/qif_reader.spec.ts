import { test } from '@japa/runner'
import { detectFormat } from '#transactions/domain/statements/format_detection'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { outcomes, readStatement } from '#tests/support/statements'

const file = (...records: string[]) =>
  `!Type:Bank\n${records.map((record) => `${record}\n^\n`).join('')}`

function days(dates: string[], mapping?: Mapping) {
  const records = dates.map((date) => `D${date}\nT-1.00`)
  return outcomes(file(...records), { mapping }).map((row) =>
    'bookedOn' in row ? row.bookedOn : row.reason
  )
}

test.group('QIF reader', () => {
  test('reads a record into a draft', ({ assert }) => {
    const record =
      "D1/31'26\nU-1,234.56\nT-1,234.56\nC*\nN1005\nPSmith & Co\nMRent\nAStreet 1\nLHome:Rent/flat"

    assert.deepEqual(outcomes(file(record)), [
      {
        externalId: null,
        bookedOn: '2026-01-31',
        accountName: null,
        payee: 'Smith & Co',
        description: 'Rent',
        notes: '',
        categoryName: 'Rent',
        amountMinor: -123456,
        currency: 'EUR',
        tags: [],
      },
    ])
  })

  test('takes no transfer for a category', ({ assert }) => {
    const record = 'D1/31/2026\nT-5.00\nPMove\nL[Savings]'

    assert.containsSubset(outcomes(file(record)), [{ categoryName: null }])
  })

  test('keeps the parts of a split', ({ assert }) => {
    const record = 'D1/31/2026\nT-30.00\nPShop\nLFood\nSFood\nEbread\n$-10.00\nSHome:Tools\n$-20.00'

    assert.containsSubset(outcomes(file(record)), [
      { amountMinor: -3000, categoryName: null, notes: 'Food bread -10.00\nHome:Tools -20.00' },
    ])
  })

  test('reads days as {title}')
    .with([
      {
        title: 'US',
        dates: ["1/31'26", "2/ 1' 6", '12/25/1999'],
        is: ['2026-01-31', '2006-02-01', '1999-12-25'],
      },
      { title: 'European', dates: ['31/01/2026', '01.02.2026'], is: ['2026-01-31', '2026-02-01'] },
      { title: 'ISO', dates: ['2026-01-31', '2026-02-30'], is: ['2026-01-31', 'unreadable'] },
      {
        title: 'two-digit years',
        dates: ['31.01.26', '1. 2.26'],
        is: ['2026-01-31', '2026-02-01'],
      },
    ])
    .run(({ assert }, { dates, is }) => {
      assert.deepEqual(days(dates), is)
    })

  test('asks when days are ambiguous', ({ assert }) => {
    assert.throws(() => days(["2/3'26"]), StatementRefused)
    assert.deepEqual(days(["2/3'26"], { dateFormat: 'MM/DD/YY' }), ['2026-02-03'])
    assert.deepEqual(days(["2/3'26"], { dateFormat: 'DD/MM/YY' }), ['2026-03-02'])
  })

  test('reads decimal commas', ({ assert }) => {
    const records = ['D31.01.2026\nT-1.234,56', 'D30.01.2026\nT12,5']

    assert.containsSubset(outcomes(file(...records)), [
      { amountMinor: -123456 },
      { amountMinor: 1250 },
    ])
  })

  test('takes one account of a file', ({ assert }) => {
    const text = [
      '!Option:AutoSwitch',
      '!Account\nNGiro\nTBank\n^\nNCard\nTCCard\n^',
      '!Clear:AutoSwitch',
      '!Account\nNGiro\nTBank\n^',
      '!Type:Bank\nD1/31/2026\nT-1.00\n^',
      '!Account\nNCard\nTCCard\n^',
      '!Type:CCard\nD1/31/2026\nT-2.00\n^',
      '!Account\nNGiro\nTBank\n^',
      '!Type:Bank\nD1/30/2026\nT-3.00\n^',
      '!Type:Cat\nNFood\nE\n^',
      '!Type:Invst\nD1/30/2026\nNBuy\n^\n',
    ].join('\n')

    assert.containsSubset(outcomes(text), [
      { amountMinor: -100 },
      { field: 'account', reason: 'otherAccount' },
      { amountMinor: -300 },
      { field: null, reason: 'investment' },
    ])
    assert.deepEqual(
      readStatement(text).statements.map(({ account }) => account),
      ['Giro', 'Card', 'Giro']
    )
  })

  test('needs no type: {title}')
    .with([
      { title: 'none', text: 'D1/31/2026\nT-5.00\nPShop\n^\n' },
      { title: 'amount first', text: '\n\nT-5.00\nU-5.00\nPShop\nD1/31/2026\n^\n' },
      {
        title: 'an option',
        text: '!Option:AutoSwitch\nD1/31/2026\nT-5.00\nPShop\n^\n',
      },
      {
        title: 'an account',
        text: '!Account\nNGiro\nDMine\nTBank\n^\nD1/31/2026\nT-5.00\nPShop\n^\n',
      },
    ])
    .run(({ assert }, { text }) => {
      assert.containsSubset(outcomes(text), [
        { payee: 'Shop', bookedOn: '2026-01-31', amountMinor: -5_00 },
      ])
      assert.lengthOf(outcomes(text), 1)
    })

  test('takes no other text for QIF: {text}')
    .with([
      { text: 'Date;Total;Payee\n31.01.2026;-1,00;^\n' },
      { text: 'D1/31/2026\nT-5.00\n' },
      { text: 'Dear Sir\nThank you\n^\n' },
    ])
    .run(({ assert }, { text }) => {
      assert.notEqual(detectFormat(text).format, 'qif')
    })

  test('rejects row by row', ({ assert }) => {
    const text = file(
      'D2/30/2026\nT-1.00',
      'T-1.00',
      'D1/31/2026',
      'D1/31/2026\nTmany',
      'D1/31/2026\nT-1.005',
      'D1/31/2026\nT0.00',
      'D1/31/2026\nT-1.00\nPa\0b',
      `D1/31/2026\nT-1.00\nP${'p'.repeat(9_000)}`,
      'D1/31/2026\nT-1.00\nPfine'
    )

    assert.containsSubset(outcomes(text), [
      { field: 'bookedOn', reason: 'unreadable' },
      { field: 'bookedOn', reason: 'missing' },
      { field: 'amount', reason: 'missing' },
      { field: 'amount', reason: 'unreadable' },
      { field: 'amount', reason: 'tooPrecise' },
      { field: 'amount', reason: 'zero' },
      { field: null, reason: 'nul' },
      { field: null, reason: 'tooLong' },
      { payee: 'fine' },
    ])
  })

  test('says where a file was cut', ({ assert }) => {
    const text = file('D1/31/2026\nT-1.00', 'D1/30/2026\nT-12.34')

    assert.containsSubset(outcomes(text.slice(0, -4)), [{ amountMinor: -100 }, { reason: 'cut' }])
  })

  test('knows ids of its own exports', ({ assert }) => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057'

    assert.containsSubset(outcomes(file(`D1/31/2026\nT1\nN${id}`)), [
      { externalId: null, ownId: id },
    ])
  })

  test('does not depend on pieces', ({ assert }) => {
    const text = file('D31.01.2026\nT-1.234,56\nPZoë', 'D30.01.2026\nT12,5').replaceAll(
      '\n',
      '\r\n'
    )
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      const whole = readStatement(bytes)

      for (const pieces of [1, 2, 3, 7, 64]) {
        assert.deepEqual(readStatement(bytes, { pieces }), whole)
      }
    }
  })
})
