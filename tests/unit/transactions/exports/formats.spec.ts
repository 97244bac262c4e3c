import { test } from '@japa/runner'
import { CsvExport } from '#transactions/domain/exports/csv_export'
import type {
  ExportedAccount,
  ExportedTransaction,
  ExportFormat,
} from '#transactions/domain/exports/export_format'
import { OfxExport } from '#transactions/domain/exports/ofx_export'
import { QifExport } from '#transactions/domain/exports/qif_export'
import { identityOfBankId } from '#transactions/domain/identity'

const NOW = new Date('2026-02-03T04:05:06.789Z')

const transaction = (details: Partial<ExportedTransaction> = {}): ExportedTransaction => ({
  id: '01a20621-7e18-7dd6-a139-56b6d0c77050',
  externalId: null,
  identity: null,
  accountId: '01a20620-dd1f-7a0f-b36f-940780a7bc39',
  accountName: 'Checking',
  kind: 'expense',
  bookedOn: '2026-01-31',
  payee: 'Corner shop',
  description: null,
  notes: null,
  categoryName: 'Groceries',
  amount: -12_99,
  currency: 'EUR',
  tags: [],
  splits: null,
  transferAccountName: null,
  ...details,
})

const account = (details: Partial<ExportedAccount> = {}): ExportedAccount => ({
  id: '01a20620-dd1f-7a0f-b36f-940780a7bc39',
  name: 'Checking',
  type: 'checking',
  currency: 'EUR',
  balance: 487_01,
  firstDay: '2026-01-31',
  lastDay: '2026-01-31',
  count: 1,
  ...details,
})

const identified = {
  externalId: 'B1',
  identity: identityOfBankId('01a20620-dd1f-7a0f-b36f-940780a7bc39', 'B1'),
}

/** One account after the other, each with its transactions. */
function written(format: ExportFormat, statements: [ExportedAccount, ExportedTransaction[]][]) {
  const parts = statements.map(([each, rows]) => {
    return format.beginAccount!(each) + format.rows(rows) + format.endAccount!(each)
  })
  return format.begin() + parts.join('') + format.end()
}

const qif = (...rows: ExportedTransaction[]) => written(new QifExport(), [[account(), rows]])
const ofx = (...rows: ExportedTransaction[]) => written(new OfxExport(NOW), [[account(), rows]])

test.group('Exports / CSV', () => {
  const csv = (row: ExportedTransaction) => new CsvExport().rows([row])

  test('has a line for each', ({ assert }) => {
    const format = new CsvExport()
    const row = transaction({ description: 'Milk, bread', notes: 'two\nlines', tags: ['a', 'b'] })

    const file = format.begin() + format.rows([row]) + format.end()

    assert.equal(
      file,
      'id,date,account,payee,description,notes,category,amount,currency,tags,kind,transfer,splits,ownId\r\n' +
        '01a20621-7e18-7dd6-a139-56b6d0c77050,2026-01-31,Checking,Corner shop,"Milk, bread",' +
        '"two\nlines",Groceries,-12.99,EUR,"a, b",expense,,,01a20621-7e18-7dd6-a139-56b6d0c77050\r\n'
    )
  })

  test('writes {amount} {currency} as {cell}')
    .with([
      { amount: -5, currency: 'EUR', cell: '-0.05' },
      { amount: 500, currency: 'JPY', cell: '500' },
      { amount: 1_230, currency: 'KWD', cell: '1.230' },
      { amount: Number.MAX_SAFE_INTEGER, currency: 'EUR', cell: '90071992547409.91' },
    ])
    .run(({ assert }, { amount, currency, cell }) => {
      assert.include(csv(transaction({ amount, currency })), `,${cell},${currency},`)
    })

  test('has no formulas, and plain numbers', ({ assert }) => {
    const row = transaction({ payee: '=HYPERLINK("http://evil")', notes: '-1', tags: ['@x'] })

    const line = csv(row)

    assert.include(line, `,"'=HYPERLINK(""http://evil"")",`)
    assert.include(line, `,"'-1",`)
    assert.include(line, `,-12.99,EUR,"'@x",`)
  })

  test('tells splits and transfers', ({ assert }) => {
    const splits = [
      { categoryName: 'Dining', amount: -10_00, note: null },
      { categoryName: null, amount: -2_99, note: 'x' },
    ]

    assert.include(csv(transaction({ splits })), ',Dining -10.00;  -2.99,')
    assert.include(csv(transaction({ transferAccountName: 'Savings' })), ',Savings,,')
  })
})

test.group('Exports / OFX', () => {
  test('has a statement for an account', ({ assert }) => {
    assert.equal(
      ofx(transaction({ ...identified, description: 'Milk & <bread>' })),
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20260203040506</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1>
<STMTTRNRS><TRNUID>0</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><BANKID>FINORA</BANKID><ACCTID>AaIGIN0feg-zb5QHgKe8OQ</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM><BANKTRANLIST><DTSTART>20260131120000</DTSTART><DTEND>20260131120000</DTEND>
<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260131120000</DTPOSTED><TRNAMT>-12.99</TRNAMT><FITID>B1</FITID><NAME>Corner shop</NAME><MEMO>Milk &amp; &lt;bread&gt;</MEMO></STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>487.01</BALAMT><DTASOF>20260203040506</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
`
    )
  })

  test('keeps credit cards apart', ({ assert }) => {
    const file = written(new OfxExport(NOW), [
      [account(), [transaction()]],
      [account({ name: 'Savings', type: 'savings' }), []],
      [account({ name: 'Card', type: 'credit' }), [transaction()]],
    ])

    const sets = [...file.matchAll(/<\/?(?:BANK|CREDITCARD)MSGSRSV1>|<(?:CC)?STMTRS>/g)]
    assert.deepEqual(
      sets.map(([tag]) => tag),
      [
        '<BANKMSGSRSV1>',
        '<STMTRS>',
        '<STMTRS>',
        '</BANKMSGSRSV1>',
        '<CREDITCARDMSGSRSV1>',
        '<CCSTMTRS>',
        '</CREDITCARDMSGSRSV1>',
      ]
    )
  })

  test('is valid without anything', ({ assert }) => {
    const file = written(new OfxExport(NOW), [])

    assert.match(file, /<OFX>\n<SIGNONMSGSRSV1>.*<\/SIGNONMSGSRSV1>\n<\/OFX>\n$/)
  })

  test('keeps texts as short as they may be', ({ assert }) => {
    const file = ofx(transaction({ payee: '🥐'.repeat(120), notes: 'n'.repeat(300) }))

    assert.include(file, `<NAME>${'🥐'.repeat(32)}</NAME><EXTDNAME>${'🥐'.repeat(100)}</EXTDNAME>`)
    assert.include(file, `<MEMO>${'n'.repeat(255)}</MEMO>`)
  })

  test('holds no character XML refuses', ({ assert }) => {
    assert.include(ofx(transaction({ payee: 'a\uFFFEb\uFFFFc' })), '<NAME>a\uFFFDb\uFFFDc</NAME>')
  })
})

test.group('Exports / QIF', () => {
  test('has a block for an account', ({ assert }) => {
    assert.equal(
      qif(transaction({ description: 'Milk', notes: 'two\nlines' })),
      `!Account
NChecking
TBank
^
!Type:Bank
D2026-01-31
T-12.99
N01a20621-7e18-7dd6-a139-56b6d0c77050
PCorner shop
MMilk two lines
LGroceries
^
`
    )
  })

  test('tells splits', ({ assert }) => {
    const splits = [
      { categoryName: 'Dining', amount: -10_00, note: 'Lunch' },
      { categoryName: null, amount: -2_99, note: null },
    ]

    const file = qif(transaction({ categoryName: null, splits }))

    assert.include(file, '\nSDining\nELunch\n$-10.00\nS\n$-2.99\n^\n')
  })

  test('tells where a transfer goes', ({ assert }) => {
    const row = transaction({
      kind: 'transfer',
      categoryName: null,
      transferAccountName: 'Savings',
    })

    assert.include(qif(row), '\nL[Savings]\n')
  })

  test('takes no category for an account', ({ assert }) => {
    assert.include(qif(transaction({ categoryName: '[Savings]' })), '\nL(Savings)\n')
  })
})
