import { test } from '@japa/runner'
import { detectionOf } from '#transactions/domain/statements/detection'
import { headerKey, possibleHeaderKeys } from '#transactions/domain/statements/header_key'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import { inspectStatement } from '#transactions/domain/statements/inspection'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import { WRITERS, statementFile, type WrittenFormat } from '#tests/support/statement_files'

const ROWS = [{ id: '1', day: '2026-01-31', payee: 'A', text: 'a', amount: -1_23 }]
const detect = (file: string | Buffer, format?: StatementFormat) =>
  detectionOf(
    inspectStatement(Buffer.from(file as string), { currency: 'EUR', format, complete: true })
  )

test.group('Statement detection', () => {
  test('goes by content: {format} is {is}')
    .with([
      { format: 'csv' as const, is: 'csv' },
      { format: 'ofx1' as const, is: 'ofx' },
      { format: 'ofx2' as const, is: 'ofx' },
      { format: 'qif' as const, is: 'qif' },
      { format: 'camt053' as const, is: 'camt053' },
      { format: 'mt940' as const, is: 'mt940' },
    ])
    .run(({ assert }, { format, is }) => {
      const plain = statementFile(format, ROWS)
      for (const file of [plain, `\uFEFF\n ${plain}`, plain.replaceAll('\n', '\r\n')]) {
        const { format: found, confidence } = detect(file)

        assert.equal(found, is)
        assert.isAtLeast(confidence, 0.9)
      }
    })

  test('contradicts what is not so', ({ assert }) => {
    for (const stated of ['csv', 'ofx', 'qif', 'mt940'] as const) {
      for (const format of Object.keys(WRITERS) as WrittenFormat[]) {
        const file = statementFile(format, ROWS)
        if (format.startsWith(stated)) assert.equal(detect(file, stated).confidence, 1)
        else assert.throws(() => detect(file, stated), StatementRefused)
      }
    }
  })

  test('takes {message} for the CAMT it was said to be')
    .with([
      { message: 'BkToCstmrAcctRpt', is: 'camt052' },
      { message: 'BkToCstmrStmt', is: 'camt053' },
      { message: 'BkToCstmrDbtCdtNtfctn', is: 'camt054' },
    ])
    .run(({ assert }, { message, is }) => {
      const file = statementFile('camt053', ROWS).replaceAll('BkToCstmrStmt', message)

      assert.containsSubset(detect(file, 'camt053'), { format: is, confidence: 1 })
      for (const other of ['camt052', 'camt054'] as const) {
        if (other !== is) assert.throws(() => detect(file, other), StatementRefused)
      }
    })

  test('refuses {what}')
    .with([
      { what: 'JSON', file: '{"a": [1]}' },
      { what: 'a list in JSON', file: '[{"a": 1}]' },
      { what: 'a web page', file: '<html><body>Sign in</body></html>' },
      { what: 'other XML', file: '<?xml version="1.0"?><Document xmlns="urn:x"/>' },
    ])
    .run(({ assert }, { file }) => {
      assert.throws(() => detect(file), /not a statement/)
    })

  test('declares encodings: {title}')
    .with([
      { title: 'XML', head: '<?xml version="1.0" encoding="ISO-8859-2"?>', is: 'iso-8859-2' },
      {
        title: 'XML that is wrong',
        head: '<?xml version="1.0" encoding="nonsense"?>',
        is: 'utf-8',
      },
      {
        title: 'OFX',
        head: 'OFXHEADER:100\nENCODING:USASCII\nCHARSET:1252\n\n',
        is: 'windows-1252',
      },
      {
        title: 'OFX in UTF-8',
        head: 'OFXHEADER:100\nENCODING:UTF-8\nCHARSET:NONE\n\n',
        is: 'utf-8',
      },
    ])
    .run(({ assert }, { head, is }) => {
      const { encoding } = detect(`${head}<OFX></OFX>`)

      assert.equal(encoding.value, is)
    })

  test('believes bytes before words', ({ assert }) => {
    const utf8 = '<?xml version="1.0" encoding="ISO-8859-1"?><OFX>Zoë</OFX>'
    const latin = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><OFX>Zoë</OFX>', 'latin1')

    assert.equal(detect(utf8).encoding.value, 'utf-8')
    assert.equal(detect(latin).encoding.value, 'windows-1252')
  })
})

test.group('Header keys', () => {
  test('know a header however it is written', ({ assert }) => {
    const key = headerKey('csv', ['Booking Date', 'Amount (EUR)', 'Empfänger'])

    for (const line of [
      'Booking Date,Amount (EUR),Empfänger',
      '"BOOKING DATE";"Amount (EUR)";"Empf\uFFFDnger"',
      ' booking date\tamount (eur)\tEmpf',
    ]) {
      const keys = possibleHeaderKeys(
        'csv',
        `My bank\n\n${line.replace(/Empf$/, 'Empfnger')}\n1,2,3`
      )
      assert.include(keys, key)
    }
  })

  test('tell headers and formats apart', ({ assert }) => {
    const keys = [
      headerKey('csv', ['Date', 'Amount']),
      headerKey('csv', ['Date', 'Amounts']),
      headerKey('csv', ['Дата', 'Сумма']),
      headerKey('csv', ['Дата', 'Остаток']),
      headerKey('csv', null),
      headerKey('qif', null),
    ]

    assert.lengthOf(new Set(keys), keys.length)
  })

  test('recognise no CSV without a header', ({ assert }) => {
    assert.notInclude(possibleHeaderKeys('csv', '2026-01-31,-1.00\n\n'), headerKey('csv', null))
  })
})
