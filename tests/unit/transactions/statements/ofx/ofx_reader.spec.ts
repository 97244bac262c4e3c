import { test } from '@japa/runner'
import { outcomes, readStatement } from '#tests/support/statements'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'

const HEADER = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

`
const account = (id: string) =>
  `<BANKACCTFROM><BANKID>10020030<ACCTID>${id}<ACCTTYPE>CHECKING</BANKACCTFROM>`
const statement = (rows: string, id = '12345', currency = 'EUR') =>
  `<STMTTRNRS><STMTRS><CURDEF>${currency}${account(id)}<BANKTRANLIST>` +
  `<DTSTART>20260101<DTEND>20260131${rows}</BANKTRANLIST>` +
  `<LEDGERBAL><BALAMT>-1234.5<DTASOF>20260131120000</LEDGERBAL></STMTRS></STMTTRNRS>`
const sgml = (...statements: string[]) =>
  `${HEADER}<OFX><BANKMSGSRSV1>${statements.join('')}</BANKMSGSRSV1></OFX>`
const row = (more: string, amount = '-12.34') =>
  `<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>20260131\n<TRNAMT>${amount}\n${more}</STMTTRN>\n`

test.group('OFX reader', () => {
  test('reads values without closing tags', ({ assert }) => {
    const file = sgml(statement(row('<FITID>F1\n<NAME>Smith & Co\n<MEMO>two &lt;words&gt;\n')))

    assert.deepEqual(outcomes(file), [
      {
        externalId: 'F1',
        bookedOn: '2026-01-31',
        accountName: null,
        payee: 'Smith & Co',
        description: 'two <words>',
        notes: '',
        categoryName: null,
        amountMinor: -1234,
        currency: 'EUR',
        tags: [],
      },
    ])
  })

  test('reads XML alike', ({ assert }) => {
    const file = `<?xml version="1.0" encoding="UTF-8"?>
      <?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
      <OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD</CURDEF>
      <CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM><BANKTRANLIST><!-- one -->
      <STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20260131120000.000[-5:EST]</DTPOSTED>
      <TRNAMT>+12.5</TRNAMT><FITID>F1</FITID><PAYEE><NAME>Café &#233;</NAME></PAYEE>
      <MEMO><![CDATA[<b> & more]]></MEMO></STMTTRN>
      </BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>`

    assert.containsSubset(outcomes(file, { currency: 'USD' }), [
      { payee: 'Café é', description: '<b> & more', amountMinor: 1250, currency: 'USD' },
    ])
  })

  test('ends a row where the next begins', ({ assert }) => {
    const open = (id: string) => row(`<FITID>${id}\n`).replace('</STMTTRN>', '')
    const { rows } = readStatement(sgml(statement(open('A') + open('B') + open('C'))))

    assert.deepEqual(
      rows.map((read) => read.ok && read.draft.externalId),
      ['A', 'B', 'C']
    )
    assert.match(rows[1].raw, /^<STMTTRN>[^]*<FITID>B\n\n?$/)
  })

  test('reads the cash of investment accounts', ({ assert }) => {
    const file =
      `${HEADER}<OFX><INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><CURDEF>USD` +
      `<INVACCTFROM><BROKERID>b<ACCTID>9</INVACCTFROM><INVTRANLIST>` +
      `<BUYSTOCK><INVBUY><INVTRAN><FITID>X<DTTRADE>20260130</INVTRAN><UNITS>1<TOTAL>-5</INVBUY></BUYSTOCK>` +
      `<INVBANKTRAN>${row('<FITID>C1\n')}<SUBACCTFUND>CASH</INVBANKTRAN>` +
      `</INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1></OFX>`

    assert.containsSubset(outcomes(file), [{ externalId: 'C1', amountMinor: -1234 }])
  })

  test('knows the amount {amount} in {currency}')
    .with([
      { amount: '-12,34', currency: 'EUR', is: -1234 },
      { amount: '1000', currency: 'JPY', is: 1000 },
      { amount: '-1.250', currency: 'KWD', is: -1250 },
      { amount: '.5', currency: 'EUR', is: 50 },
      { amount: '12.340', currency: 'EUR', is: 1234 },
      { amount: '12.345', currency: 'EUR', is: 'tooPrecise' },
      { amount: '1,234.56', currency: 'EUR', is: 1_234_56 },
      { amount: '-1.234.567,8', currency: 'EUR', is: -1_234_567_80 },
      { amount: '1,234', currency: 'EUR', is: 'tooPrecise' },
      { amount: '1,234,567', currency: 'EUR', is: 'unreadable' },
      { amount: '12,34.56', currency: 'EUR', is: 'unreadable' },
      { amount: '1,234.567.8', currency: 'EUR', is: 'unreadable' },
      { amount: '0.00', currency: 'EUR', is: 'zero' },
      { amount: '', currency: 'EUR', is: 'missing' },
      { amount: '90071992547409.92', currency: 'EUR', is: 'outOfRange' },
    ])
    .run(({ assert }, { amount, currency, is }) => {
      const file = sgml(statement(row('<FITID>1', amount), '12345', currency))
      const [read] = outcomes(file, { currency }) as { amountMinor?: number; reason?: string }[]

      assert.equal(read.amountMinor ?? read.reason, is)
    })

  test('rejects row by row', ({ assert }) => {
    const bad = (day: string, more = '') => row(`${more}<FITID>1`).replace('20260131', day)
    const rows = [
      bad('20260230'),
      bad(''),
      bad('20260131', '<CORRECTACTION>DELETE<CORRECTFITID>9'),
      bad('20260131', '<CURRENCY><CURRATE>1.1<CURSYM>XXX</CURRENCY>'),
      bad('20260131', `<NAME>a\0b`),
      row('<FITID>fine'),
      row(`<FITID>${'9'.repeat(256)}`),
      row(`<MEMO>${'m'.repeat(70_000)}`),
      row(`<FITID>fine too`),
    ]

    assert.containsSubset(outcomes(sgml(statement(rows.join('')))), [
      { field: 'bookedOn', reason: 'unreadable' },
      { field: 'bookedOn', reason: 'missing' },
      { field: null, reason: 'correction' },
      { field: 'currency', reason: 'unknownCurrency' },
      { field: null, reason: 'nul' },
      { externalId: 'fine' },
      { field: 'id', reason: 'tooLong' },
      { field: null, reason: 'tooLong' },
      { externalId: 'fine too' },
    ])
  })

  test('keeps the currency of the row', ({ assert }) => {
    const foreign = row('<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY><FITID>1')
    const converted = row('<ORIGCURRENCY><CURRATE>1.1<CURSYM>USD</ORIGCURRENCY><FITID>2')

    assert.containsSubset(outcomes(sgml(statement(foreign + converted))), [
      { currency: 'USD' },
      { currency: 'EUR' },
    ])
  })

  test('leaves pending rows out', ({ assert }) => {
    const pending =
      '<BANKTRANLISTP><STMTTRNP><TRNTYPE>DEBIT<DTTRAN>20260131<TRNAMT>-1.00</STMTTRNP></BANKTRANLISTP>'

    assert.containsSubset(outcomes(sgml(statement(row('<FITID>1') + pending))), [
      { externalId: '1' },
      { reason: 'notBooked' },
    ])
  })

  test('takes one account of a file', ({ assert }) => {
    const file = sgml(
      statement(row('<FITID>1'), '111'),
      statement(row('<FITID>2'), '222'),
      statement(row('<FITID>3'), '111')
    )
    const { statements } = readStatement(file)

    assert.containsSubset(outcomes(file), [
      { externalId: '1' },
      { field: 'account', reason: 'otherAccount' },
      { externalId: '3' },
    ])
    assert.deepEqual(statements[0], {
      account: '111',
      currency: 'EUR',
      closingBalance: -123450,
      closingDate: '2026-01-31',
    })
    assert.lengthOf(statements, 3)
  })

  test('says where a file was cut', ({ assert }) => {
    const file = sgml(statement(row('<FITID>1') + row('<FITID>2')))
    const inRow = file.slice(0, file.lastIndexOf('<FITID>2') + 8)
    const betweenRows = file.slice(0, file.indexOf('</BANKTRANLIST>'))

    assert.containsSubset(outcomes(inRow), [{ externalId: '1' }, { field: null, reason: 'cut' }])
    assert.containsSubset(outcomes(betweenRows), [
      { externalId: '1' },
      { externalId: '2' },
      { field: null, reason: 'cut' },
    ])
  })

  test('reads the declared code page', ({ assert }) => {
    const text = sgml(statement(row('<NAME>Café Zürich')))
    const inWindows = Buffer.from(text, 'latin1')
    const inUtf8 = Buffer.from(text)

    assert.containsSubset(outcomes(inWindows), [{ payee: 'Café Zürich' }])
    assert.containsSubset(outcomes(inUtf8), [{ payee: 'Café Zürich' }])
  })

  test('passes over {doctype}')
    .with([
      { doctype: '<!DOCTYPE OFX>' },
      { doctype: '<!doctype OFX SYSTEM "ofx160.dtd" >' },
      { doctype: `<!DOCTYPE OFX\n PUBLIC '-//OFX//1.6' 'http://127.0.0.1/ofx160.dtd'>` },
    ])
    .run(({ assert }, { doctype }) => {
      const file = `${doctype}<OFX>${statement(row('<FITID>1<MEMO>&x;'))}</OFX>`

      for (const pieces of [1, 7, 4096]) {
        assert.containsSubset(outcomes(file, { pieces }), [{ externalId: '1', description: '&x;' }])
      }
    })

  test('refuses {doctype}')
    .with([
      { doctype: '<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>' },
      { doctype: '<!DOCTYPE OFX SYSTEM "ofx160.dtd" [<!ENTITY x "y">]>' },
      { doctype: '<!DOCTYPE OFX[]>' },
      { doctype: '<!DOCTYPE html>' },
      { doctype: '<!DOCTYPE OFX SYSTEM "ofx160.dtd>' },
      { doctype: `<!DOCTYPE OFX SYSTEM "${'d'.repeat(5_000)}">` },
      { doctype: '<!ENTITY x "y">' },
    ])
    .run(({ assert }, { doctype }) => {
      const file = `<?xml version="1.0"?>${doctype}<OFX>${statement(row('<FITID>1'))}</OFX>`

      for (const pieces of [1, 7, 65_536]) {
        assert.throws(() => readStatement(file, { pieces }), StatementRefused)
      }
    })

  test('does not depend on pieces', ({ assert }) => {
    const rows = row('<NAME>A < B & é\n<MEMO><![CDATA[x]]>') + row('<FITID>2\n<NAME>株式会社')
    for (const file of [sgml(statement(rows)), sgml(statement(rows)).slice(0, -60)]) {
      const whole = readStatement(file)

      for (const pieces of [1, 2, 3, 7, 64]) {
        assert.deepEqual(readStatement(file, { pieces }), whole)
      }
    }
  })
})
