import { test } from '@japa/runner'
import fc from 'fast-check'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { outcomes, readStatement } from '#tests/support/statements'

const IBAN = 'DE89370400440532013000'
const amount = (value: string, currency = 'EUR') => `<Amt Ccy="${currency}">${value}</Amt>`
const entry = (parts: string, { value = '12.34', direction = 'DBIT', status = 'BOOK' } = {}) =>
  `<Ntry>${amount(value)}<CdtDbtInd>${direction}</CdtDbtInd><Sts>${status}</Sts>` +
  `<BookgDt><Dt>2026-01-31</Dt></BookgDt>${parts}</Ntry>`
const details = (...transactions: string[]) =>
  `<NtryDtls>${transactions.map((parts) => `<TxDtls>${parts}</TxDtls>`).join('')}</NtryDtls>`

function document(entries: string, { version = '02', iban = IBAN, after = '' } = {}) {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt>` +
    `<GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>` +
    `<Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>` +
    `<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>${amount('987.66')}` +
    `<CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>` +
    `${entries}</Stmt>${after}</BkToCstmrStmt></Document>`
  )
}

test.group('CAMT reader', () => {
  test('reads an entry into a draft', ({ assert }) => {
    const parts =
      '<AcctSvcrRef>2026013100001</AcctSvcrRef>' +
      details(
        '<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>Me</Nm></Dbtr>' +
          '<Cdtr><Nm>Stadtwerke &amp; Söhne</Nm></Cdtr></RltdPties>' +
          '<RmtInf><Ustrd>Strom</Ustrd><Ustrd>Januar</Ustrd></RmtInf>'
      )

    assert.deepEqual(outcomes(document(entry(parts))), [
      {
        externalId: '2026013100001/-1234',
        bookedOn: '2026-01-31',
        accountName: null,
        payee: 'Stadtwerke & Söhne',
        description: 'Strom Januar',
        notes: '',
        categoryName: null,
        amountMinor: -1234,
        currency: 'EUR',
        tags: [],
      },
    ])
    assert.deepEqual(readStatement(document(entry(''))).statements, [
      { account: IBAN, currency: 'EUR', closingBalance: -98766, closingDate: '2026-01-31' },
    ])
  })

  test('names nobody otherwise than {payee}')
    .with([
      { payee: 'Card fee', parts: '<AddtlNtryInf>Card fee</AddtlNtryInf>' },
      { payee: 'Interest', parts: details('<AddtlTxInf>Interest</AddtlTxInf>') },
      { payee: 'Rent', parts: details('<RmtInf><Ustrd>Rent</Ustrd></RmtInf>') },
      {
        payee: 'Retrait bancomat',
        parts: '<BkTxCd><Prtry><Cd>Retrait bancomat</Cd></Prtry></BkTxCd>' + details(''),
      },
      {
        payee: 'Cash withdrawal',
        parts: details('<BkTxCd><Prtry><Cd>Cash withdrawal</Cd></Prtry></BkTxCd>'),
      },
      {
        payee: 'Unknown',
        parts: '<BkTxCd><Prtry><Cd>NMSC+201+00900</Cd><Issr>DK</Issr></Prtry></BkTxCd>',
      },
      { payee: 'Unknown', parts: '<BkTxCd><Domn><Cd>PMNT</Cd></Domn></BkTxCd>' },
    ])
    .run(({ assert }, { payee, parts }) => {
      assert.containsSubset(outcomes(document(entry(parts))), [{ payee }])
    })

  test('reads version {version}')
    .with(
      ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'].map(
        (version) => ({ version })
      )
    )
    .run(({ assert }, { version }) => {
      const isNew = Number(version) >= 8
      const name = isNew ? '<Pty><Nm>Anna</Nm></Pty>' : '<Nm>Anna</Nm>'
      const plain = entry(details(`<RltdPties><Dbtr>${name}</Dbtr></RltdPties>`), {
        direction: 'CRDT',
      })
      const text = isNew ? plain.replace('<Sts>BOOK</Sts>', '<Sts><Cd>BOOK</Cd></Sts>') : plain

      assert.containsSubset(outcomes(document(text, { version })), [
        { payee: 'Anna', amountMinor: 1234 },
      ])
    })

  test('reads {message} with prefixes')
    .with([
      { message: 'BkToCstmrAcctRpt', statement: 'Rpt', number: '052' },
      { message: 'BkToCstmrDbtCdtNtfctn', statement: 'Ntfctn', number: '054' },
    ])
    .run(({ assert }, { message, statement, number }) => {
      const text = document(entry(''))
        .replaceAll('BkToCstmrStmt', message)
        .replaceAll('Stmt>', `${statement}>`)
        .replace('camt.053', `camt.${number}`)
        .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1ns2:')
        .replace('xmlns=', 'xmlns:ns2=')

      assert.containsSubset(outcomes(text), [{ amountMinor: -1234 }])
    })

  test('makes a batch its transactions', ({ assert }) => {
    const parts =
      '<AcctSvcrRef>B1</AcctSvcrRef>' +
      details(
        `${amount('10.00')}<CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Nm>A</Nm></Cdtr></RltdPties>`,
        `<AmtDtls><TxAmt>${amount('4.34')}</TxAmt></AmtDtls><RltdPties><Cdtr><Nm>B</Nm></Cdtr></RltdPties>`,
        `${amount('2.00')}<CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Nm>C</Nm></Dbtr></RltdPties>`
      )
    const { rows } = readStatement(document(entry(parts)))

    assert.containsSubset(
      rows.map((row) => row.ok && row.draft),
      [
        { payee: 'A', amountMinor: -1000, externalId: 'B1/1/-1000' },
        { payee: 'B', amountMinor: -434, externalId: 'B1/2/-434' },
        { payee: 'C', amountMinor: 200, externalId: 'B1/3/200' },
      ]
    )
    assert.match(rows[1].raw, /^<TxDtls><AmtDtls>[^]*<\/TxDtls>$/)
  })

  test('keeps a batch that does not add up', ({ assert }) => {
    const parts =
      details(amount('10.00'), amount('2.00')) + '<AddtlNtryInf>Collected payments</AddtlNtryInf>'

    assert.containsSubset(outcomes(document(entry(parts))), [
      { amountMinor: -1234, payee: 'Collected payments' },
    ])
    assert.lengthOf(outcomes(document(entry(parts))), 1)
  })

  test('tells entries that share a reference', ({ assert }) => {
    const shared = '<NtryRef>1</NtryRef><AcctSvcrRef>R1</AcctSvcrRef>'
    const none = '<NtryRef>1</NtryRef><AcctSvcrRef>NONREF</AcctSvcrRef>'
    const text = document(entry(shared) + entry(shared, { value: '0.50' }) + entry(none))

    assert.containsSubset(outcomes(text), [
      { externalId: 'R1/-1234' },
      { externalId: 'R1/-50' },
      { externalId: null },
    ])
  })

  test('names the other party of a reversal', ({ assert }) => {
    const parties = '<RltdPties><Dbtr><Nm>Me</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>'
    const text = document(
      entry(`<RvslInd>true</RvslInd>${details(parties)}`, { direction: 'CRDT' })
    )

    assert.containsSubset(outcomes(text), [{ payee: 'Shop', amountMinor: 1234 }])
  })

  test('rejects row by row', ({ assert }) => {
    const text = document(
      [
        entry('', { status: 'PDNG' }),
        entry('').replace('<Sts>BOOK</Sts>', '<Sts><Cd>FUTR</Cd></Sts>'),
        entry('').replace('2026-01-31', '2026-02-30'),
        entry('').replace('<BookgDt><Dt>2026-01-31</Dt></BookgDt>', ''),
        entry('', { value: '1.005' }),
        entry('', { value: '0.00' }),
        entry('', { direction: 'NONE' }),
        entry('').replace('Ccy="EUR"', 'Ccy="XXX"'),
        entry('').replace('<Dt>2026-01-31</Dt>', '<DtTm>2026-01-31T23:59:59+01:00</DtTm>'),
        entry('').replace('BookgDt', 'ValDt').replace('/BookgDt', '/ValDt'),
      ].join('')
    )

    assert.containsSubset(outcomes(text), [
      { field: 'status', reason: 'notBooked' },
      { field: 'status', reason: 'notBooked' },
      { field: 'bookedOn', reason: 'unreadable' },
      { field: 'bookedOn', reason: 'missing' },
      { field: 'amount', reason: 'tooPrecise' },
      { field: 'amount', reason: 'zero' },
      { field: 'direction', reason: 'unreadable' },
      { field: 'currency', reason: 'unknownCurrency' },
      { bookedOn: '2026-01-31' },
      { bookedOn: '2026-01-31' },
    ])
  })

  test('takes one account of a file', ({ assert }) => {
    const stmt = (iban: string) =>
      `<Stmt><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${entry('')}</Stmt>`
    const text = document(entry(''), { after: stmt('CH9300762011623852957') + stmt(IBAN) })

    assert.containsSubset(outcomes(text), [
      { amountMinor: -1234 },
      { field: 'account', reason: 'otherAccount' },
      { amountMinor: -1234 },
    ])
  })

  test('says where a file was cut', ({ assert }) => {
    const text = document(entry('') + entry('<AddtlNtryInf>second</AddtlNtryInf>'))
    const inEntry = text.slice(0, text.indexOf('second'))
    const betweenEntries = text.slice(0, text.indexOf('</Stmt>'))

    assert.containsSubset(outcomes(inEntry), [
      { amountMinor: -1234 },
      { field: null, reason: 'cut' },
    ])
    assert.containsSubset(outcomes(betweenEntries), [
      { amountMinor: -1234 },
      { amountMinor: -1234 },
      { reason: 'cut' },
    ])
    assert.match(readStatement(inEntry).rows[1].raw, /^<Ntry>/)
  })

  test('stops at {title}')
    .with([
      { title: 'a wrong end tag', bad: '<Ntry></Wrong>' },
      { title: 'an unknown entity', bad: '<Ntry><Amt>&xxe;</Amt></Ntry>' },
      { title: 'a depth of a thousand', bad: '<a>'.repeat(1_000) },
      { title: 'an endless tag name', bad: `<${'a'.repeat(100_000)}` },
    ])
    .run(({ assert }, { bad }) => {
      const text = document(entry('') + bad + entry(''))

      assert.containsSubset(outcomes(text), [
        { amountMinor: -1234 },
        { field: null, reason: 'malformed' },
      ])
      assert.lengthOf(outcomes(text), 2)
    })

  test('refuses a DOCTYPE', ({ assert }) => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    const text = document(entry('&b;'))

    for (const file of [
      text.replace('<Document', `${laughs}<Document`),
      text.replace('<Document', `<!-- ${' '.repeat(9_000)} -->${laughs}<Document`),
    ]) {
      assert.throws(() => readStatement(file), StatementRefused)
    }
  })

  test('bounds the memory of an entry', ({ assert }) => {
    const huge = document(entry(`<AddtlNtryInf>${'x'.repeat(17_000_000)}</AddtlNtryInf>`))

    assert.throws(() => readStatement(huge), StatementRefused)
  })

  test('reads the declared encoding', ({ assert }) => {
    const text = document(entry('<AddtlNtryInf>Zażółć</AddtlNtryInf>'))
    const inUtf16 = Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le')

    for (const file of [Buffer.from(text), inUtf16, Buffer.from(`\uFEFF${text}`)]) {
      assert.containsSubset(outcomes(file), [{ payee: 'Zażółć' }])
    }
    const latin = Buffer.from(
      text.replace('UTF-8', 'ISO-8859-1').replace('Zażółć', 'Café'),
      'latin1'
    )
    assert.containsSubset(outcomes(latin), [{ payee: 'Café' }])
  })

  test('does not depend on pieces', ({ assert }) => {
    const batch = details(amount('10.00'), amount('2.34'))
    const text = document(entry('<AddtlNtryInf>Zoë</AddtlNtryInf>') + entry(batch))
    for (const file of [text, text.slice(0, -70), text.replace('</Ntry>', '</Nope>')]) {
      const whole = readStatement(file)

      fc.assert(
        fc.property(fc.integer({ min: 1, max: 400 }), (pieces) => {
          assert.deepEqual(readStatement(file, { pieces }), whole)
        }),
        { numRuns: 20, examples: [[1], [2], [3], [7]] }
      )
    }
  })
})
