import { test } from '@japa/runner'
import { outcomes, readStatement } from '#tests/support/statements'

const statement = (
  entries: string,
  { account = 'DE89370400440532013000', currency = 'EUR' } = {}
) =>
  [
    ':20:STARTUMS',
    `:25:${account}`,
    ':28C:1/1',
    `:60F:C260101${currency}1000,00`,
    entries,
    `:62F:C260131${currency}987,66`,
    '-',
    '',
  ].join('\n')

const entry = (line: string, details = 'Some text') => `:61:${line}\n:86:${details}`

test.group('MT940 reader', () => {
  test('reads an entry into a draft', ({ assert }) => {
    const details = [
      '166?00SEPA-UEBERWEISUNG?109310?20EREF+2026-0131?21KREF+NONREF?22SVWZ+Miete Januar',
      '?23und Nebenkosten?30COBADEFFXXX?31DE02100500000054540402?32Haus',
      'verwaltung Nord?33und Partner GmbH',
    ].join('\n')
    const text = statement(entry('2601310131DR12,34NTRFNONREF//B4711', details))

    assert.deepEqual(outcomes(text), [
      {
        externalId: null,
        bookedOn: '2026-01-31',
        accountName: null,
        payee: 'Hausverwaltung Nord und Partner GmbH',
        description: 'Miete Januar und Nebenkosten',
        notes: '',
        categoryName: null,
        amountMinor: -1234,
        currency: 'EUR',
        tags: [],
      },
    ])
    assert.deepEqual(readStatement(text).statements, [
      {
        account: 'DE89370400440532013000',
        currency: 'EUR',
        closingBalance: 98766,
        closingDate: '2026-01-31',
      },
    ])
  })

  test('reads the direction {direction}')
    .with([
      { direction: 'C', is: 1234 },
      { direction: 'D', is: -1234 },
      { direction: 'RC', is: -1234 },
      { direction: 'RD', is: 1234 },
      { direction: 'CR', is: 1234 },
      { direction: 'DR', is: -1234 },
      { direction: 'RCR', is: -1234 },
      { direction: 'RDR', is: 1234 },
      { direction: 'ED', is: 'notBooked' },
    ])
    .run(({ assert }, { direction, is }) => {
      const [row] = outcomes(statement(entry(`2601310131${direction}12,34NTRF`)))

      assert.equal('amountMinor' in row ? row.amountMinor : row.reason, is)
    })

  test('reads the day of {line}')
    .with([
      { line: '260131D1,NTRF', is: '2026-01-31' },
      { line: '2601310202D1,NTRF', is: '2026-02-02' },
      { line: '2512311231D1,NTRF', is: '2025-12-31' },
      { line: '2512310102D1,NTRF', is: '2026-01-02' },
      { line: '2601021231D1,NTRF', is: '2025-12-31' },
      { line: '2402290229D1,NTRF', is: '2024-02-29' },
      { line: '260230D1,NTRF', is: 'unreadable' },
      { line: '2602280230D1,NTRF', is: 'unreadable' },
      { line: '2602300302D1,NTRF', is: 'unreadable' },
    ])
    .run(({ assert }, { line, is }) => {
      const [row] = outcomes(statement(entry(line))) as { bookedOn?: string; reason?: string }[]

      assert.equal(row.bookedOn ?? row.reason, is)
    })

  test('understands {title} details')
    .with([
      {
        title: 'coded',
        details:
          '/TRTP/SEPA OVERBOEKING/IBAN/NL1/BIC/ABNANL2A/NAME/J. Jansen\n/REMI/Factuur 12/EREF/NOTPROVIDED',
        is: { payee: 'J. Jansen', description: 'Factuur 12' },
      },
      {
        title: 'counterparty',
        details: '/EREF/E1/CNTP/NL32INGB0000012345/INGBNL2A/ING Test//REMI/USTD//Rent 12/',
        is: { payee: 'ING Test', description: 'Rent 12' },
      },
      {
        title: 'plain',
        details: 'CARD PAYMENT\nSHOP 12',
        is: { payee: 'CARD PAYMENT SHOP 12', description: 'CARD PAYMENT\nSHOP 12' },
      },
      {
        title: 'subfields without keys',
        details: '005?00LASTSCHRIFT?20STROM JANUAR?21KUNDE 12?32STADTWERKE',
        is: { payee: 'STADTWERKE', description: 'STROM JANUAR KUNDE 12' },
      },
      {
        title: 'tilde',
        details: '020\n~00VE02\n~20czynsz\n~32JAN KOWALSKI',
        is: { payee: 'JAN KOWALSKI', description: 'czynsz' },
      },
    ])
    .run(({ assert }, { details, is }) => {
      assert.containsSubset(outcomes(statement(entry('260131D1,NTRF', details))), [is])
    })

  test('falls back to the entry itself', ({ assert }) => {
    const text = statement(':61:260131D1,50NTRFRENT 12//B1\nExtra words')

    assert.containsSubset(outcomes(text), [{ payee: 'Extra words', amountMinor: -150 }])
  })

  test("reads SWIFT's blocks", ({ assert }) => {
    const inner = statement(entry('260131D1,50NTRF')).replace(/-\n$/, '-}{5:{CHK:1}}\n')
    const text = `{1:F01BANKDEFFXXXX0000000000}{2:O9401200260131}{4:\n${inner}`
    const glued = text.replace('{4:\n', '{4:')

    for (const file of [text + text, glued + glued]) {
      assert.containsSubset(outcomes(file), [{ amountMinor: -150 }, { amountMinor: -150 }])
    }
  })

  test('takes one account of a file', ({ assert }) => {
    const text =
      statement(entry('260131D1,NTRF')) +
      statement(entry('260131D2,NTRF'), { account: '20050550/1234567890' }) +
      statement(entry('260131D3,NTRF'), { account: 'DE89 3704 0044 0532 0130 00EUR' })

    assert.containsSubset(outcomes(text), [
      { amountMinor: -100 },
      { field: 'account', reason: 'otherAccount' },
      { amountMinor: -300 },
    ])
  })

  test('keeps a clean name of an account', ({ assert }) => {
    const text = statement(entry('260131D1,NTRF'), { account: `DE\0 1${'2'.repeat(9_000)}` })

    const [{ account }] = readStatement(text).statements

    assert.equal(account, `DE 1${'2'.repeat(60)}`)
  })

  test('counts in the currency', ({ assert }) => {
    const amounts = [
      { currency: 'JPY', line: '260131C1500,NTRF' },
      { currency: 'KWD', line: '260131C1,250NTRF' },
      { currency: 'EUR', line: '260131C1,255NTRF' },
    ].map(({ currency, line }) => outcomes(statement(entry(line), { currency }), { currency })[0])

    assert.containsSubset(amounts, [
      { amountMinor: 1500 },
      { amountMinor: 1250 },
      { field: 'amount', reason: 'tooPrecise' },
    ])
  })

  test('says where a file was cut', ({ assert }) => {
    const text = statement([entry('260131D1,NTRF'), entry('260131D2,NTRF')].join('\n'))
    const inEntry = text.slice(0, text.lastIndexOf('Some') + 2)
    const behindNone = text.slice(0, text.indexOf(':61:'))

    assert.containsSubset(outcomes(inEntry), [{ amountMinor: -100 }, { reason: 'cut' }])
    assert.containsSubset(outcomes(behindNone), [{ field: null, reason: 'cut' }])
  })

  test('rejects what is no entry', ({ assert }) => {
    const text = statement(
      [entry('yesterday'), entry('260131D0,NTRF'), entry('260131D1,NTRF', 'a\0')].join('\n')
    )

    assert.containsSubset(outcomes(text), [
      { field: null, reason: 'unreadable' },
      { field: 'amount', reason: 'zero' },
      { field: null, reason: 'nul' },
    ])
    assert.equal(readStatement(text).rows[0].raw, ':61:yesterday\n:86:Some text')
  })

  test('does not depend on pieces', ({ assert }) => {
    const text = statement([entry('260131D1,NTRF', 'Café'), entry('260131D2,NTRF')].join('\r\n'))
    const whole = readStatement(text)

    for (const pieces of [1, 2, 3, 7, 64]) {
      assert.deepEqual(readStatement(text, { pieces }), whole)
    }
  })
})
