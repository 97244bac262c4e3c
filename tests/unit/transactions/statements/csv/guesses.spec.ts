import { test } from '@japa/runner'
import { inspectStatement } from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { outcomes, readStatement } from '#tests/support/statements'

const file = (...lines: string[]) => `${lines.join('\n')}\n`
const amounts = (text: string) =>
  outcomes(text).map((row) => ('amountMinor' in row ? row.amountMinor : row.reason))

const refusal = (text: string, options: { mapping?: Mapping; isCard?: boolean } = {}) => {
  try {
    inspectStatement(Buffer.from(text), { currency: 'EUR', complete: true, ...options })
    return null
  } catch (error) {
    if (error instanceof StatementRefused) return error.reason
    throw error
  }
}

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

  test('know BNP Paribas by its summary and no other', ({ assert }) => {
    const summary = 'Compte;Compte;****0042;31/01/2026;;1 000,00'
    const row = '30/01/2026;Carte;FACTURE CARTE;CARTE;;-1 012,00'
    const booked = [{ bookedOn: '2026-01-30', payee: 'FACTURE CARTE', amountMinor: -1_012_00 }]

    assert.containsSubset(outcomes(file(summary, row)), booked)
    assert.lengthOf(outcomes(file(summary, row)), 1)
    for (const other of [
      [row],
      [summary],
      [summary.replace('****', '0000'), row],
      [summary, row, row.replace('30/01/2026', '30.01.2026')],
      [summary, row, row.replace(';;', ';1;')],
    ]) {
      assert.throws(() => outcomes(file(...other)), StatementRefused)
    }
  })

  test('tell debits and credits by the balance: {what}')
    .with([
      {
        what: 'newest first',
        rows: [
          '30/01/2026,A,4.50,,-5.50',
          '29/01/2026,B,,10.00,-1.00',
          '28/01/2026,C,2.00,,-11.00',
        ],
      },
      {
        what: 'the credit first',
        rows: [
          '28/01/2026,C,,2.00,-11.00',
          '29/01/2026,B,10.00,,-1.00',
          '30/01/2026,A,,4.50,-5.50',
        ],
      },
      {
        what: 'one of them named',
        rows: [
          'Date,Text,Withdrawal,Foo,Bar',
          '28/01/2026,C,2.00,,-11.00',
          '29/01/2026,B,,10.00,-1.00',
          '30/01/2026,A,4.50,,-5.50',
        ],
      },
      {
        what: 'noughts for nothing',
        rows: [
          '28/01/2026,C,2.00,0.00,8.00',
          '29/01/2026,B,0.00,10.00,18.00',
          '30/01/2026,A,4.50,0.00,13.50',
        ],
      },
    ])
    .run(({ assert }, { rows }) => {
      assert.sameMembers(amounts(file(...rows)), [-4_50, 10_00, -2_00])
    })

  test('never take a balance for an amount: {rows}')
    .with([
      { rows: ['31.01.2026;A;12,34;;-100,00', '30.01.2026;B;;50,00;-80,00'] },
      {
        rows: ['Date;Text;Debit;Rest;Foo', '31.01.2026;A;12,34;;-9,00', '30.01.2026;B;5,00;;3,34'],
      },
      { rows: ['Date;Text;Moved;Saldo', '31.01.2026;A;12;-9,00', '30.01.2026;B;5;3,00'] },
    ])
    .run(({ assert }, { rows }) => {
      assert.throws(() => readStatement(file(...rows)), StatementRefused)
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

  test('take the sign from the word {word}')
    .with([
      { word: 'K', amount: 1_00 },
      { word: 'Refund', amount: 1_00 },
      { word: 'Sale', amount: -1_00 },
      { word: 'Purchase', amount: -1_00 },
      { word: 'Χρέωση', amount: -1_00 },
      { word: 'Π', amount: 1_00 },
      { word: 'Списание', amount: -1_00 },
      { word: 'Кт', amount: 1_00 },
      { word: '支出', amount: -1_00 },
      { word: '贷', amount: 1_00 },
    ])
    .run(({ assert }, { word, amount }) => {
      const text = file('Date,Name,Type,Amount', `2026-01-30,Shop,${word},1.00`)

      assert.deepEqual(amounts(text), [amount])
    })

  test('seek words for the sign under a mapping', ({ assert }) => {
    const text = file('Tag,Text,Af Bij,Geld', '20260131,A,Af,12.34', '20260130,B,Bij,1.00')
    const mapping = { bookedOn: 'Tag', payee: 'Text', amount: 'Geld' }
    const told = { ...mapping, positive: 'expense' } as const

    const signed = (stated: Mapping) =>
      outcomes(text, { mapping: stated }).map((row) => 'amountMinor' in row && row.amountMinor)

    assert.deepEqual(signed(mapping), [-12_34, 1_00])
    assert.deepEqual(signed(told), [-12_34, -1_00])
  })

  test('ask what amounts without a sign are: {what}')
    .with([
      { what: 'no sign', rows: ['2026-01-30,A,X,1.00', '2026-01-31,B,X,2.00'] },
      { what: 'only credits marked', rows: ['2026-01-30,A,X,1.00', '2026-01-31,B,X,2.00 CR'] },
      { what: 'only pluses', rows: ['2026-01-30,A,X,1.00', '2026-01-31,B,X,+2.00'] },
    ])
    .run(({ assert }, { rows }) => {
      const text = file('Date,Name,Thing,Amount', ...rows)

      assert.equal(refusal(text), 'positive')
      assert.isNull(refusal(text, { mapping: { positive: 'income' } }))
    })

  test('believe the signs of a file in their own words', ({ assert }) => {
    const rows = ['2026-01-30,A,1.00', '2026-01-31,B,2.00']
    const own = file('bookedOn,payee,amount', ...rows)

    assert.deepEqual(amounts(own), [1_00, 2_00])
    assert.equal(refusal(own, { isCard: true }), 'positive')
    assert.equal(refusal(file('bookedOn,title,amount', ...rows)), 'positive')
    assert.equal(refusal(file('Date,Payee,Amount', ...rows)), 'positive')
  })

  test('ask when a column nobody named may hold the signs', ({ assert }) => {
    const mapping = { bookedOn: 'Date', payee: 'Name', amount: 'Amount' }
    const rows = (...signs: string[]) =>
      signs.map((sign, index) => `2026-01-3${index},A,${sign},1.00`)
    const text = (...signs: string[]) => file('Date,Name,Thing,Amount', ...rows(...signs))

    assert.equal(refusal(text('Q', 'Z'), { mapping }), 'positive')
    assert.isNull(refusal(text('Q', 'Q'), { mapping }))
    assert.isNull(refusal(text('Q', 'Z'), { mapping: { ...mapping, positive: 'income' } }))
  })

  test('believe words for credits whatever is positive', ({ assert }) => {
    const rows = ['2026-01-30,A,1.00', '2026-01-31,B,2.00 CR', '2026-01-31,C,3.00 DR']
    const read = outcomes(file('Date,Name,Amount', ...rows), { mapping: { positive: 'expense' } })

    assert.deepEqual(
      read.map((row) => 'amountMinor' in row && row.amountMinor),
      [-1_00, 2_00, -3_00]
    )
  })

  test('let the balance prove what is positive', ({ assert }) => {
    const header = 'Date,Name,Amount,Balance'
    const rows = (last: string) => [
      '2026-01-29,A,1.00,10.00',
      `2026-01-30,B,2.00,${last === '15.00' ? '12.00' : '8.00'}`,
      `2026-01-31,C,3.00,${last}`,
    ]

    assert.deepEqual(amounts(file(header, ...rows('15.00'))), [1_00, 2_00, 3_00])
    assert.deepEqual(amounts(file(header, ...rows('5.00'))), [-1_00, -2_00, -3_00])
    assert.equal(refusal(file(header, ...rows('15.00')), { isCard: true }), 'positive')
  })

  test('find out what a card counts as positive: {what}')
    .with([
      { what: 'spent', rows: ['A,5.00', 'PAYMENT - THANK YOU,-9.00'], expected: [-5_00, 9_00] },
      { what: 'paid', rows: ['A,-5.00', 'PAYMENT - THANK YOU,9.00'], expected: [-5_00, 9_00] },
      { what: 'little', rows: ['A,-5.00', 'B,-1.00', 'C,9.00'], expected: [-5_00, -1_00, 9_00] },
      { what: 'most', rows: ['A,5.00', 'B,1.00', 'C,-9.00'], expected: 'positive' },
      { what: 'all', rows: ['A,5.00', 'B,1.00'], expected: 'positive' },
      {
        what: 'what is paid, little',
        rows: ['Payment received,-5.00', 'B,-1.00'],
        expected: 'positive',
      },
    ])
    .run(({ assert }, { rows, expected }) => {
      const text = file('Date,Text,Amount', ...rows.map((row) => `2026-01-31,${row}`))

      assert.deepEqual(refusal(text, { isCard: true }) ?? amounts(text), expected)
    })

  test('are never certain of signs that nothing proves', ({ assert }) => {
    const layout = (text: string) =>
      inspectStatement(Buffer.from(text), { currency: 'EUR', complete: true })

    assert.containsSubset(layout(file('Date,Name,Amount', '2026-01-31,A,-1.00')), {
      positive: 'income',
      confidence: { positive: 0.9 },
    })
  })

  test('take codes beside several amounts for those of the others', ({ assert }) => {
    const row = '2026-01-31,A,-415.00,-10.00,USD'

    assert.containsSubset(outcomes(file('Date,Name,Amount (EUR),Amount,Currency', row)), [
      { amountMinor: -415_00, currency: 'EUR' },
    ])
    assert.containsSubset(outcomes(file('Date,Name,Amount (EUR),Thing,Currency', row)), [
      { amountMinor: -415_00, currency: 'USD' },
    ])
  })

  test('choose the amounts in the currency of the account: {headers}')
    .with([
      { headers: 'Amount (USD),Amount (EUR)', expected: 2_00 },
      { headers: 'Amount USD,Amount', expected: 2_00 },
      { headers: 'Amount (Foreign Currency),Amount (EUR)', expected: 2_00 },
      { headers: 'Amount EUR,Amount', expected: -1_00 },
      { headers: 'CAD$,EUR', expected: 2_00 },
    ])
    .run(({ assert }, { headers, expected }) => {
      const text = file(
        `Date,Name,${headers}`,
        '2026-01-31,A,-1.00,2.00',
        '2026-01-31,A,-1.00,2.00'
      )
      const mapping = { positive: 'income' } as const

      assert.containsSubset(outcomes(text, { mapping }), [{ amountMinor: expected }])
    })

  test('refuse amounts of another currency alone', ({ assert }) => {
    const row = '2026-01-31,A,-1.00'
    const mapping = { bookedOn: 'Date', payee: 'Name', amount: 'Amount (USD)' }

    assert.equal(refusal(file('Date,Name,Amount (USD)', row)), 'currency')
    assert.equal(refusal(file('Date,Name,Amount in Euro', row)), null)
    assert.equal(refusal(file('Date,Name,Amount (USD)', row), { mapping }), null)
    assert.equal(refusal(file('Date,Name,Amount (USD),Currency', `${row},EUR`)), null)
  })

  test('take an empty column last', ({ assert }) => {
    assert.deepEqual(amounts(file('Date,Name,Amount,Betrag', '2026-01-31,A,,-1.00')), [-1_00])
  })

  test('turn credits around that are all negative', ({ assert }) => {
    const header = 'Date,Name,Debit,Credit'
    const debit = '2026-01-31,A,1.00,'
    const credits = ['2026-01-31,B,,-2.00', '2026-01-31,C,,3.00']

    assert.deepEqual(amounts(file(header, debit, credits[0])), [-1_00, 2_00])
    assert.deepEqual(amounts(file(header, debit, ...credits)), [-1_00, 'negativeCredit', 3_00])
    assert.deepEqual(amounts(file(header, '2026-01-31,A,-1.00,', credits[0])), [
      -1_00,
      'negativeCredit',
    ])
  })

  test('reject balances among the rows: {row}')
    .with([
      { row: ',Opening balance,5.00' },
      { row: ',Turnover,5.00' },
      { row: 'Closing balance,,5.00' },
    ])
    .run(({ assert }, { row }) => {
      const text = file('Date,Payee,Text,Amount', '2026-01-31,A,B,-1.00', `2026-01-31,${row}`)

      assert.deepEqual(amounts(text), [-1_00, 'noTransaction'])
    })

  test('book a start that a program booked', ({ assert }) => {
    const text = file('Date,Payee,Text,Amount', '2026-01-31,Starting Balance,,-1.00')

    assert.deepEqual(amounts(text), [-1_00])
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

  test('choose unnamed texts whatever the rows', ({ assert }) => {
    const header = 'When;Col1;Col2;Col3;How much;Note'
    const rows = [
      '31.01.2026;;SHOP;;-1,00;4,00',
      '30.01.2026;RENT;;EUR;-2,00;',
      '29.01.2026;Rent;Landlord;D;-3,00;2,00',
    ]
    const texts = (text: string) =>
      outcomes(text).map((row) => ('payee' in row ? [row.payee, row.description] : row))
    const few = rows.slice(0, 2)

    assert.deepEqual(texts(file('Date;Col1;Col2;Col3;Amount;Number', ...rows)), [
      ['SHOP', 'SHOP'],
      ['RENT', 'RENT'],
      ['Rent Landlord', 'Rent Landlord'],
    ])
    assert.deepEqual(
      texts(file(header, ...few.map((row) => row.replace(/;[\d,]*$/, ';')))),
      texts(file(header, ...rows.map((row) => row.replace(/;[\d,]*$/, ';')))).slice(0, 2)
    )
  })

  test('take short names for words: {text}')
    .with(['O2 UK', '7 Eleven', 'C&A'].map((text) => ({ text })))
    .run(({ assert }, { text }) => {
      const [row] = outcomes(
        file('Date,Thing,Sum left,Amount', `2026-01-31,${text},9.00 EUR,-1.00`)
      )

      assert.containsSubset(row, { payee: text })
    })

  test('read endless cells at once', ({ assert }) => {
    const cell = `1${' '.repeat(60_000)}x`
    const started = performance.now()

    assert.deepEqual(amounts(file('date,payee,amount', `2026-01-31,${cell},-1.00`)), [-1_00])
    assert.isBelow(performance.now() - started, 1_000)
  })

  test('find texts under the headers of {bank}')
    .with([
      { bank: 'Swedbank', header: 'Bokföringsdag,Referens,Beskrivning,Belopp', text: 'Text' },
      { bank: 'ICICI', header: 'Value Date,S No.,Transaction Remarks,Amount', text: 'Text' },
      { bank: 'Itaú', header: 'Data,Documento,Lançamento,Valor (R$)', text: 'Text' },
      { bank: 'Fio', header: 'Datum,Název banky,Uživatelská identifikace,Objem', text: 'Text' },
      { bank: 'Czech banks', header: 'Datum,Typ,Protistrana,Částka', text: 'Text' },
      { bank: 'LHV', header: 'Date,Archiving code,Sender/receiver name,Amount', text: 'Text' },
      { bank: 'Fineco', header: 'Data,Descrizione,Descrizione_Completa,Importo', text: 'Text' },
    ])
    .run(({ assert }, { header, text }) => {
      const [row] = outcomes(file(header, '2026-01-31,Other,Text,-1.00'))

      assert.containsSubset(row, { payee: text })
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

  test('take a short row that has all that is read', ({ assert }) => {
    const rows = ['30', '29', '28'].map((day) => `2026-01-${day},A,-1.00,,`)
    const text = file('date,payee,amount,balance,check', ...rows, '2026-01-27,B,-2.00')

    assert.deepEqual(amounts(text), [-1_00, -1_00, -1_00, -2_00])
    assert.deepEqual(amounts(text.trimEnd()), [-1_00, -1_00, -1_00, 'tooFewCells'])
  })

  test('pass over a remark in a cell of its own', ({ assert }) => {
    const text = file('No,date,amount,', '1,2026-01-30,-1.00,', 'Legends used here,')

    assert.deepEqual(amounts(text), [-1_00])
    assert.deepEqual(amounts(text.trimEnd()), [-1_00, 'tooFewCells'])
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
