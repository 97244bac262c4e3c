import { test } from '@japa/runner'
import fc from 'fast-check'
import { CSV_HEADERS } from '#transactions/domain/exports/csv_export'
import { inspectStatement, readerFor } from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type { RejectedRow } from '#transactions/domain/statements/read_row'

function read(file: string | Uint8Array, mapping?: Mapping, chunkSize = 65_536) {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const layout = inspectStatement(bytes, { currency: 'EUR', mapping, complete: true })
  const reader = readerFor(layout, 'EUR')
  const rows = []
  for (let at = 0; at < bytes.length; at += chunkSize) {
    rows.push(...reader.push(bytes.subarray(at, at + chunkSize)))
  }
  return [...rows, ...reader.end()]
}

function drafts(file: string | Uint8Array, mapping?: Mapping) {
  return read(file, mapping).map((row) => (row.ok ? row.draft : row.reason))
}

function rejections(file: string | Uint8Array) {
  return read(file)
    .filter((row): row is RejectedRow => !row.ok)
    .map(({ number, field, reason }) => ({ number, field, reason }))
}

test.group('CSV reader', () => {
  test('reads a row into a draft', ({ assert }) => {
    const [row] = read(
      'id,date,account,payee,description,notes,category,amount,currency,tags\n' +
        'B1,2026-01-31, Checking ,"Cafe\u0301\n Zürich",Card,"one\r\ntwo",Dining,-12.34,usd,"a, b;a"\n'
    )

    assert.isTrue(row.ok)
    assert.deepEqual(row.ok && row.draft, {
      externalId: 'B1',
      idTrust: 'doubtful',
      bookedOn: '2026-01-31',
      accountName: 'Checking',
      payee: 'Café Zürich',
      description: 'Card',
      notes: 'one\ntwo',
      categoryName: 'Dining',
      amountMinor: -1234,
      currency: 'USD',
      tags: ['a', 'b'],
    })
  })

  test('leaves empty what is not there', ({ assert }) => {
    const [draft] = drafts('date,amount\n2026-01-31,-5\n')

    assert.deepEqual(draft, {
      externalId: null,
      bookedOn: '2026-01-31',
      accountName: null,
      payee: 'Unknown',
      description: '',
      notes: '',
      categoryName: null,
      amountMinor: -500,
      currency: 'EUR',
      tags: [],
    })
  })

  test('takes no placeholder for an id', ({ assert }) => {
    const ids = ['-', '0', 'NONREF', 'NOTPROVIDED', 'B-0']
    const file = ids.map((id) => `${id},2026-01-31,-5\n`).join('')

    const rows = drafts(`id,date,amount\n${file}`)

    assert.deepEqual(
      rows.map((draft) => typeof draft === 'object' && draft.externalId),
      [null, null, null, null, 'B-0']
    )
  })

  test('takes ids of an own export as they are', ({ assert }) => {
    const header = CSV_HEADERS.join()

    const [draft] = drafts(`${header}\nnone,2026-01-31,,Shop,,,,-5.00,EUR,,expense,,,\n`)

    assert.containsSubset(draft, { externalId: 'none' })
  })

  test('falls back to the description', ({ assert }) => {
    const [draft] = drafts(`date,payee,description,amount\n2026-01-31,,${'x'.repeat(300)},-5\n`)

    assert.containSubset(draft, { payee: 'x'.repeat(255), description: 'x'.repeat(300) })
  })

  test('cuts no character in half', ({ assert }) => {
    const [draft] = drafts(`date,payee,description,amount\n2026-01-31,,aa${'😀'.repeat(200)},-5\n`)

    assert.containSubset(draft, { payee: 'aa' + '😀'.repeat(126) })
  })

  test('keeps formulas as they are', ({ assert }) => {
    const [draft] = drafts('date,payee,amount\n2026-01-31,"=HYPERLINK(""http://x"")",-1.00\n')

    assert.containSubset(draft, { payee: '=HYPERLINK("http://x")' })
  })

  test('turns the sign words around', ({ assert }) => {
    const file = 'Datum;Naam;Af Bij;Bedrag\n20260131;AH;Af;12,34\n20260131;Werk;Bij;5,00\n'
    const amounts = drafts(file + '20260131;Huh;Niks;5,00\n')

    assert.containSubset(amounts, [{ amountMinor: -1234 }, { amountMinor: 500 }, 'unreadable'])
  })

  test('rejects row by row', ({ assert }) => {
    const rejected = rejections(
      [
        'date,payee,amount,currency',
        '2026-02-30,a,-1.00,EUR',
        ',b,-1.00,EUR',
        '2026-01-31,c,,EUR',
        '2026-01-31,d,0.00,EUR',
        '2026-01-31,e,1.005,EUR',
        '2026-01-31,f,90071992547409.92,EUR',
        '2026-01-31,g,1.00,XXX',
        '2026-01-31,h,1.00',
        '2026-01-31,i,1.00,EUR,j',
        `2026-01-31,${'k'.repeat(256)},1.00,EUR`,
        '2026-01-31,l\0,1.00,EUR',
        '2026-01-31,m,1.00 USD,EUR',
        '2026-01-31,"n,1.00,EUR',
        '2026-01-31,fine,1.00,EUR,,',
      ].join('\n')
    )

    assert.deepEqual(rejected, [
      { number: 1, field: 'bookedOn', reason: 'unreadable' },
      { number: 2, field: 'bookedOn', reason: 'missing' },
      { number: 3, field: 'amount', reason: 'missing' },
      { number: 4, field: 'amount', reason: 'zero' },
      { number: 5, field: 'amount', reason: 'tooPrecise' },
      { number: 6, field: 'amount', reason: 'outOfRange' },
      { number: 7, field: 'currency', reason: 'unknownCurrency' },
      { number: 8, field: null, reason: 'tooFewCells' },
      { number: 9, field: null, reason: 'tooManyCells' },
      { number: 10, field: 'payee', reason: 'tooLong' },
      { number: 11, field: null, reason: 'nul' },
      { number: 12, field: 'amount', reason: 'otherCurrency' },
      { number: 13, field: null, reason: 'unterminatedQuote' },
    ])
  })

  test('says why, and keeps the text', ({ assert }) => {
    const [row] = read('date,payee,amount\n2026-01-31,"a ""b""",0\n')

    assert.containSubset(row, {
      message: 'The amount is zero',
      raw: '2026-01-31,"a ""b""",0',
    })
  })

  test('keeps NUL out of the raw text', ({ assert }) => {
    const [row] = read('date,payee,amount\n2026-01-31,a\0b,-1.00\n')

    assert.equal(row.raw, '2026-01-31,a\uFFFDb,-1.00')
  })

  test('rejects only the undecodable row', ({ assert }) => {
    const file = Buffer.concat([
      Buffer.from('date,payee,amount\n2026-01-31,Café,-1.00\n2026-01-31,Caf'),
      Uint8Array.of(0xe9),
      Buffer.from(',-1.00\n2026-01-31,Zoë,-1.00\n'),
    ])

    assert.deepEqual(rejections(file), [{ number: 2, field: null, reason: 'undecodable' }])
  })

  test('gives blank rows no number', ({ assert }) => {
    const rows = read('date;payee;amount\n\n;;\n2026-01-31;a;-1,00\n ; ;\n2026-01-31;b;-1,00\n;;')

    assert.deepEqual(
      rows.map((row) => [row.number, row.ok]),
      [
        [1, true],
        [2, true],
      ]
    )
  })

  test('rejects the row a cut file ends in', ({ assert }) => {
    const file = 'date,payee,amount,currency\n2026-01-31,a,-12.34,EUR\n2026-01-31,b,-1'

    assert.deepEqual(rejections(file), [{ number: 2, field: null, reason: 'tooFewCells' }])
  })

  test('does not depend on chunks', ({ assert }) => {
    const lines = Array.from(
      { length: 50 },
      (_, n) => `2026-01-${10 + (n % 20)},"Caf\né 株${n}",-${n}.05`
    )
    const text = ['date,payee,amount', ...lines].join('\r\n')
    for (const bytes of [Buffer.from(text), Buffer.from('\uFEFF' + text, 'utf16le')]) {
      const whole = read(bytes)

      for (const size of [1, 2, 3, 7, 64]) assert.deepEqual(read(bytes, undefined, size), whole)
    }
  })

  test('never throws on what rows hold', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '1', '-', ',', '"', '\n', '\r', '\0', '\uFFFD', '2026-01-31', '.'),
      maxLength: 200,
    })
    fc.assert(
      fc.property(noise, (text) => {
        const layout = inspectStatement(Buffer.from('date,payee,amount\n'), { currency: 'EUR' })
        const reader = readerFor(layout, 'EUR')
        const rows = [...reader.push(Buffer.from(`date,payee,amount\n${text}`)), ...reader.end()]
        return rows.every((row, index) => row.number === index + 1)
      }),
      { numRuns: 2000 }
    )
  })
})
