import { test } from '@japa/runner'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { outcomes, readStatement } from '#tests/support/statements'

const file = (...lines: string[]) => `${lines.join('\n')}\n`
const amounts = (text: string) =>
  outcomes(text).map((row) => ('amountMinor' in row ? row.amountMinor : row.reason))

test.group('CSV guesses', () => {
  test('find columns by what they hold', ({ assert }) => {
    const text = file(
      '30.01.2026;"SPAR";30.01.2026;-23,41;EUR',
      '29.01.2026;"Lohn";29.01.2026;1.750,00;EUR'
    )

    assert.containsSubset(outcomes(text), [
      { bookedOn: '2026-01-30', payee: 'SPAR', amountMinor: -23_41, currency: 'EUR' },
      { bookedOn: '2026-01-29', payee: 'Lohn', amountMinor: 1_750_00 },
    ])
  })

  test('tell amounts from balances: {order}')
    .with([
      {
        order: 'newest first',
        rows: ['30/01/2026,-1.00,A,9.00', '29/01/2026,10.00,B,10.00', '28/01/2026,-5.00,C,0.00'],
      },
      {
        order: 'oldest first',
        rows: ['28/01/2026,-5.00,C,0.00', '29/01/2026,10.00,B,10.00', '30/01/2026,-1.00,A,9.00'],
      },
    ])
    .run(({ assert }, { rows }) => {
      assert.sameMembers(amounts(file(...rows)), [-1_00, 10_00, -5_00])
    })

  test('know ABN AMRO by one row, and whatever the order', ({ assert }) => {
    const row = (before: string, after: string, amount: string) =>
      `123456789\tEUR\t20260130\t${before}\t${after}\t20260131\t${amount}\tBEA Bakkerij`
    const rows = [row('5,00', '4,00', '-1,00'), row('90,00', '95,50', '5,50')]

    assert.containsSubset(outcomes(file(rows[0])), [
      { bookedOn: '2026-01-30', payee: 'BEA Bakkerij', amountMinor: -1_00, currency: 'EUR' },
    ])
    assert.deepEqual(amounts(file(...rows)), [-1_00, 5_50])
    assert.throws(() => outcomes(file(row('5,00', '4,01', '-1,00'))), StatementRefused)
  })

  test('refuse what leaves a doubt: {doubt}')
    .with([
      { doubt: 'no sign', rows: ['30.01.2026;Shop;12,34', '29.01.2026;Bar;4,50'] },
      { doubt: 'two amounts', rows: ['30.01.2026;A;-1,00;-3,00', '29.01.2026;B;2,00;9,00'] },
      { doubt: 'one row', rows: ['30.01.2026;Shop;-12,34'] },
    ])
    .run(({ assert }, { rows }) => {
      assert.throws(() => readStatement(file(...rows)), StatementRefused)
    })

  test('take the sign from words', ({ assert }) => {
    const text = file(
      'Date,Name,How,Amount',
      '2026-01-30,Shop,Debit,1.00',
      '2026-01-31,Boss,Credit,2.00'
    )

    assert.deepEqual(amounts(text), [-1_00, 2_00])
  })

  test('leave a sign alone that is there', ({ assert }) => {
    const text = file(
      'Date,Name,Type,Amount',
      '2026-01-30,A,Debit,-1.00',
      '2026-01-31,B,Debit,2.00'
    )

    assert.deepEqual(amounts(text), [-1_00, 2_00])
  })

  test('turn the charges of cards around', ({ assert }) => {
    const text = file(
      'Date,Description,Card Member,Account #,Amount',
      '2026-01-30,A,J,1,5.00',
      '2026-01-31,B,J,1,-9.00'
    )

    assert.deepEqual(amounts(text), [-5_00, 9_00])
  })

  test('count a fee that comes on top', ({ assert }) => {
    const header = 'Date,Description,Amount,Fee,State,Balance'
    const rows = [
      '2026-01-30,A,-50.00,1.00,COMPLETED,49.00',
      '2026-01-31,Plan,0.00,2.00,COMPLETED,47.00',
    ]

    assert.deepEqual(amounts(file(header, ...rows)), [-51_00, -2_00])
    assert.deepEqual(
      amounts(file('Date,Description,Amount,Fee', '2026-01-30,A,-50.00,1.00')),
      [-50_00]
    )
  })

  test('reject what is not booked: {state}')
    .with(['Pending', 'Vorgemerkt', 'EN ATTENTE', 'REVERTED', 'Venter'].map((state) => ({ state })))
    .run(({ assert }, { state }) => {
      const text = file(
        'Date,Name,Amount,Status',
        '2026-01-30,A,-1.00,Completed',
        `2026-01-31,B,-2.00,${state}`
      )

      assert.deepEqual(amounts(text), [-1_00, 'notBooked'])
    })

  test('name the other of two parties', ({ assert }) => {
    const text = file(
      'Datum;Zahlungspflichtiger;Zahlungsempfänger;Betrag',
      '30.01.2026;Ich;Laden;-1,00',
      '31.01.2026;Firma;Ich;2,00'
    )

    assert.containsSubset(outcomes(text), [{ payee: 'Laden' }, { payee: 'Firma' }])
  })

  test('look further where a text is empty', ({ assert }) => {
    const text = file(
      'Datum;Name;Verwendungszweck;Buchungstext;Betrag',
      '30.01.2026;DE00100500000000000001;;Lastschrift;-1,00',
      '31.01.2026;Laden;Brot;Lastschrift;-2,00'
    )

    assert.containsSubset(outcomes(text), [
      { payee: 'Lastschrift', description: 'Lastschrift' },
      { payee: 'Laden', description: 'Brot' },
    ])
  })

  test('choose texts whatever the rows', ({ assert }) => {
    const header = 'Date;Description;Details;Amount'
    const rows = ['2026-01-29;x;;-1,00', '2026-01-30;;y;-2,00', '2026-01-31;;z;-3,00']
    const alone = rows.flatMap((row) => outcomes(file(header, row)))

    assert.deepEqual(outcomes(file(header, ...rows)), alone)
  })

  test('pass over what is no row', ({ assert }) => {
    const text = file(
      'Datum;Text;Betrag;Saldo',
      '30.01.2026;A;-1,00;9,00',
      'Datum;Text;Betrag;Saldo',
      '31.01.2026;B;-2,00;7,00',
      'Summe;;-3,00;',
      'Alter Kontostand;10,00 EUR',
      'Disclaimer: no liability'
    )

    assert.deepEqual(
      readStatement(text).rows.map(({ number, ok }) => [number, ok]),
      [
        [1, true],
        [2, true],
      ]
    )
  })

  test('pass over nothing that could be one', ({ assert }) => {
    const text = file('date,payee,amount', '2026-01-30,A,-1.00', 'soon,B,-2.00', '2026-01-3')

    assert.deepEqual(amounts(text), [-1_00, 'unreadable', 'tooFewCells'])
  })

  test('take rows as long as they are', ({ assert }) => {
    const rows = ['30', '29', '28'].map((day) => `2026-01-${day},A,-1.00`)
    const shorter = file('date,payee,amount,notes', ...rows)
    const longer = file('date,payee,amount,,', ...rows.map((row) => `${row},x,y`))

    assert.deepEqual(amounts(shorter), [-1_00, -1_00, -1_00])
    assert.deepEqual(amounts(longer), [-1_00, -1_00, -1_00])
  })

  test('obey a first line of Excel', ({ assert }) => {
    assert.deepEqual(amounts(file('sep=^', 'date^amount', '2026-01-30^-1.00')), [-1_00])
  })
})
