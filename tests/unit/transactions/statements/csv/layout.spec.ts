import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { inspectStatement } from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'

function layoutOf(text: string, mapping?: Mapping) {
  const options = { currency: 'EUR', mapping, complete: true }
  return inspectStatement(Buffer.from(text), options) as CsvLayout
}

function refusalOf(text: string, mapping?: Mapping): StatementRefused {
  try {
    layoutOf(text, mapping)
  } catch (error) {
    if (error instanceof StatementRefused) return error
    throw error
  }
  throw new Error('The file was not refused')
}

const BANKS = {
  'a German giro account': {
    text: [
      '"Kontonummer:";"DE89370400440532013000 / Girokonto";',
      '"Kontostand vom 31.01.2026:";"1.234,56 EUR";',
      '',
      '"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Betrag (EUR)";',
      '"03.01.2026";"05.01.2026";"Lastschrift";"Stadtwerke";"Abschlag";"-1.234,56";',
    ],
    delimiter: ';',
    preambleLines: 3,
    columns: { bookedOn: 0, description: 4, payee: 3, amount: 5 },
    decimal: ',',
    dateOrder: 'DMY',
  },
  'a French bank with debit and credit': {
    text: [
      'Date de comptabilisation;Libellé simplifié;Libellé opération;Débit;Crédit',
      '03/02/2026;EDF;PRLV SEPA;-45,00;',
      '04/02/2026;ACME;VIR;;2500,00',
    ],
    delimiter: ';',
    preambleLines: 0,
    columns: { bookedOn: 0, payee: 1, description: 2, debit: 3, credit: 4 },
    decimal: ',',
    dateOrder: 'DMY',
  },
  'a Dutch bank with a sign in words': {
    text: [
      '"Datum","Naam / Omschrijving","Rekening","Af Bij","Bedrag (EUR)","Mededelingen"',
      '"20260131","Albert Heijn","NL00BANK","Af","12,34","Pasvolgnr"',
    ],
    delimiter: ',',
    preambleLines: 0,
    columns: { bookedOn: 0, payee: 1, account: 2, direction: 3, amount: 4, description: 5 },
    decimal: ',',
    dateOrder: 'YMD',
  },
  'a Spanish bank': {
    text: ['Fecha\tConcepto\tImporte\tDivisa', '31/01/2026\tCafé, bar\t-3,50\tEUR'],
    delimiter: '\t',
    preambleLines: 0,
    columns: { bookedOn: 0, description: 1, amount: 2, currency: 3 },
    decimal: ',',
    dateOrder: 'DMY',
  },
  'an Italian bank': {
    text: ['Data contabile;Data valuta;Descrizione;Importo', '31/01/2026;02/02/2026;Bar;-3,50'],
    delimiter: ';',
    preambleLines: 0,
    columns: { bookedOn: 0, description: 2, amount: 3 },
    decimal: ',',
    dateOrder: 'DMY',
  },
  'a Portuguese bank': {
    text: ['Data mov.|Descrição|Valor', '31-01-2026|Pingo Doce|-3,50'],
    delimiter: '|',
    preambleLines: 0,
    columns: { bookedOn: 0, description: 1, amount: 2 },
    decimal: ',',
    dateOrder: 'DMY',
  },
  'a Polish bank': {
    text: ['Data księgowania;Opis operacji;Kwota;Waluta', '2026-01-31;Żabka;-12,34;PLN'],
    delimiter: ';',
    preambleLines: 0,
    columns: { bookedOn: 0, description: 1, amount: 2, currency: 3 },
    decimal: ',',
    dateOrder: 'YMD',
  },
  'an American card': {
    text: ['Posted Date,Payee,Amount', '01/31/2026,"Doe, J.",-1234.50'],
    delimiter: ',',
    preambleLines: 0,
    columns: { bookedOn: 0, payee: 1, amount: 2 },
    decimal: '.',
    dateOrder: 'MDY',
  },
  'its own column names': {
    text: ['id,bookedOn,payee,amount,currency,tags', 'a1,2026-01-31,Shop,-1.00,EUR,a;b'],
    delimiter: ',',
    preambleLines: 0,
    columns: { id: 0, bookedOn: 1, payee: 2, amount: 3, currency: 4, tags: 5 },
    decimal: '.',
    dateOrder: 'YMD',
  },
}

test.group('CSV layout / detection', () => {
  for (const [bank, { text, ...expected }] of Object.entries(BANKS)) {
    test(`recognizes ${bank}`, ({ assert }) => {
      const layout = layoutOf(text.join('\r\n') + '\r\n')

      assert.containSubset(layout, expected)
      assert.deepEqual(layout.columns, expected.columns)
    })
  }

  test('takes "Valuta" for what it holds', ({ assert }) => {
    const german = layoutOf('Buchungstag;Valuta;Betrag\n31.01.2026;31.01.2026;-1,00')
    const swedish = layoutOf('Date;Valuta;Amount\n2026-01-31;SEK;-1,00')

    assert.isUndefined(german.columns.currency)
    assert.equal(swedish.columns.currency, 1)
  })

  test('takes no shared reference for an id', ({ assert }) => {
    const rows = ['REF,2026-01-30,-1.00', 'B,2026-01-31,-2.00', 'B,2026-01-31,-2.00']
    const unique = layoutOf(['Bank reference,Date,Amount', ...rows].join('\n'))
    const shared = layoutOf(
      ['Bank reference,Date,Amount', ...rows, 'B,2026-02-01,-3.00'].join('\n')
    )

    assert.deepEqual(unique.ids, { index: 0, trust: 'shared' })
    assert.deepEqual(shared, unique)
    assert.isUndefined(shared.columns.id)
  })

  test('skips a preamble as wide as the rows', ({ assert }) => {
    const layout = layoutOf('Report;of;January\n\nDatum;Name;Betrag\n31.01.2026;Shop;-1,23\n')

    assert.equal(layout.preambleLines, 2)
    assert.deepEqual(layout.columns, { bookedOn: 0, payee: 1, amount: 2 })
  })

  test('refuses letters it cannot tell', ({ assert }) => {
    const russian = iconv.encode('Date;Payee;Amount\n31.01.2026;Билла;-1,23\n', 'windows-1251')

    assert.throws(() => inspectStatement(russian, { currency: 'EUR' }), /"encoding"/)
  })

  test('recognizes a header without rows', ({ assert }) => {
    assert.deepEqual(layoutOf('date,payee,amount\n').columns, { bookedOn: 0, payee: 1, amount: 2 })
  })

  test('judges from unfinished bytes', ({ assert }) => {
    const bytes = Buffer.from('date,payee,amount\n2026-01-31,Café,-1.00\n2026-02-01,Caf\u00e9')

    const layout = inspectStatement(bytes.subarray(0, -1), { currency: 'EUR', complete: false })

    assert.equal(layout.encoding, 'utf-8')
    assert.isAtLeast(layout.confidence.encoding, 0.75)
  })
})

test.group('CSV layout / mapping', () => {
  const FILE = 'when;who;much;much\n01/02/2026;Shop;1.230;2\n'

  test('obeys the mapping', ({ assert }) => {
    const layout = layoutOf(FILE, {
      bookedOn: 'when',
      payee: 'Who',
      amount: '#3',
      dateFormat: 'MM/DD/YYYY',
      decimal: ',',
      delimiter: ';',
      encoding: 'latin1',
    })

    assert.containSubset(layout, {
      columns: { bookedOn: 0, payee: 1, amount: 2 },
      dateOrder: 'MDY',
      decimal: ',',
      encoding: 'windows-1252',
      confidence: { encoding: 1, dialect: 1, columns: 1, decimal: 1, dateOrder: 1 },
    })
  })

  test('finds the mapped header below a preamble', ({ assert }) => {
    const layout = layoutOf('Report;x;y\n;;\nwhen;who;much\n31.01.2026;Shop;1,23\n', {
      bookedOn: 'when',
      amount: 'much',
    })

    assert.equal(layout.preambleLines, 2)
    assert.deepEqual(layout.headers, ['when', 'who', 'much'])
  })

  test('reads files without a header', ({ assert }) => {
    const layout = layoutOf('31.01.2026;Shop;-1,23\n01.02.2026;Bar;-4,56\n', {
      bookedOn: '#1',
      payee: '#2',
      amount: '#3',
    })

    assert.isNull(layout.headers)
    assert.deepEqual(layout.columns, { bookedOn: 0, payee: 1, amount: 2 })
  })

  test('refuses {what}')
    .with<{ what: string; text: string; mapping?: Mapping; reason: string; says: RegExp }[]>([
      { what: 'an empty file', text: '\n', reason: 'empty', says: /empty/ },
      { what: 'a file of one column', text: 'a\nb\n', reason: 'delimiter', says: /columns/ },
      {
        what: 'an unknown header',
        text: FILE,
        mapping: { bookedOn: 'when', amount: 'Betrag' },
        reason: 'unknownHeader',
        says: /"amount".*"Betrag"/,
      },
      {
        what: 'a header that is there twice',
        text: FILE,
        mapping: { bookedOn: 'when', amount: 'much' },
        reason: 'unknownHeader',
        says: /"amount".*more than one/,
      },
      {
        what: 'a mapping without amount',
        text: FILE,
        mapping: { bookedOn: 'when' },
        reason: 'missingField',
        says: /amount/,
      },
      {
        what: 'a debit without credit',
        text: FILE,
        mapping: { bookedOn: 'when', debit: '#3' },
        reason: 'missingField',
        says: /credit/,
      },
      {
        what: 'headers it does not know',
        text: 'foo,bar\nx,y\n',
        reason: 'missingField',
        says: /bookedOn and amount/,
      },
      {
        what: 'rows without a header',
        text: '2026-01-31,Shop,-1.00\n',
        reason: 'header',
        says: /"#1"/,
      },
      {
        what: 'days that read two ways',
        text: 'date,payee,amount\n01/02/2026,Shop,-1.00\n',
        reason: 'dateFormat',
        says: /50 %.*"dateFormat"/,
      },
      {
        what: 'amounts that read two ways',
        text: 'date,payee,amount\n2026-01-31,Shop,1.230\n',
        reason: 'decimal',
        says: /"decimal"/,
      },
      {
        what: 'a long delimiter',
        text: FILE,
        mapping: { delimiter: ';;' },
        reason: 'delimiter',
        says: /one character/,
      },
      {
        what: 'a hundred thousand columns',
        text: 'date,amount' + ',x'.repeat(100_000),
        reason: 'tooManyColumns',
        says: /200 columns/,
      },
    ])
    .run(({ assert }, { text, mapping, reason, says }) => {
      const refusal = refusalOf(text, mapping)

      assert.equal(refusal.reason, reason)
      assert.match(refusal.message, says)
    })
})
