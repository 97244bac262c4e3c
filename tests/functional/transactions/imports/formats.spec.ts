import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'
import { importFile, upload, verdicts } from '#tests/support/imports'
import { WRITERS, statementFile, type WrittenFormat } from '#tests/support/statement_files'

const ROWS = [
  { id: 'S1', day: '2026-01-30', payee: 'Café & Bar', text: 'two coffees', amount: -12_34 },
  { id: 'S2', day: '2026-01-31', payee: 'Example Ltd', text: 'salary', amount: 1_000_00 },
]
const FORMATS = {
  csv: 'csv',
  ofx1: 'ofx',
  ofx2: 'ofx',
  qif: 'qif',
  camt053: 'camt053',
  mt940: 'mt940',
}

test.group('Imports / texts of several lines', () => {
  test('can be sent back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const row = { id: 'S1', day: '2026-01-30', payee: 'Shop', text: 'x', amount: -1_00 }
    const camt = statementFile('camt053', [row]).replace(
      /<Ustrd>x<\/Ustrd>/,
      '<Ustrd>one\ntwo</Ustrd>'
    )
    await importFile(client, user, checking, camt)
    const listed = await client.get('/api/v1/transactions').loginAs(user)
    const [{ id, description }] = listed.body().data

    const answer = await client
      .patch(`/api/v1/transactions/${id}`)
      .loginAs(user)
      .json({ description })

    assert.include(description, '\n')
    answer.assertStatus(200)
    assert.equal(answer.body().description, description)
  })
})

test.group('Imports / formats', () => {
  test('are recognised by content: {format}')
    .with((Object.keys(WRITERS) as WrittenFormat[]).map((format) => ({ format })))
    .run(async ({ client, assert }, { format }) => {
      const { user, checking } = await household({ checking: 0 })
      const file = statementFile(format, ROWS)

      const uploaded = await upload(client, user, checking, file, { name: 'picture.png' })
      const done = await importFile(client, user, checking, file, { name: 'statement.txt' })

      uploaded.assertStatus(202)
      assert.equal(uploaded.body().format, FORMATS[format])
      assert.equal(uploaded.body().detection.format, FORMATS[format])
      assert.isAtLeast(uploaded.body().detection.confidence, 0.9)
      assert.containsSubset(done, { status: 'completed', counts: { imported: 2, rejected: 0 } })
      assert.deepEqual(await balances(user), { checking: 987_66 })
    })

  test('say how sure they are', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const { detection } = await importFile(client, user, checking, statementFile('csv', ROWS))

    assert.containsSubset(detection, {
      format: 'csv',
      encoding: { value: 'utf-8' },
      headers: ['id', 'date', 'payee', 'description', 'amount'],
      delimiter: { value: ';' },
      columns: { value: { bookedOn: 'date', amount: 'amount', payee: 'payee' } },
      dateFormat: { value: 'YYYY-MM-DD', confidence: 1 },
      decimal: { value: ',', confidence: 1 },
      positive: { value: 'income', confidence: 0.9 },
    })
  })

  test('may be stated', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = statementFile('mt940', ROWS)

    const right = await importFile(client, user, checking, file, { fields: { format: 'mt940' } })
    const wrong = await importFile(client, user, checking, file, { fields: { format: 'ofx' } })

    assert.containsSubset(right, { status: 'completed', detection: { confidence: 1 } })
    assert.containsSubset(wrong, { status: 'failed', detection: null, error: { code: 'format' } })
    assert.match(wrong.error!.detail, /said to be OFX, but it is MT940/)
  })

  test("tell of a statement's account and balance", async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const { statements } = await importFile(client, user, checking, statementFile('mt940', ROWS))

    assert.deepEqual(statements, [
      {
        account: 'DE00370400440532013000',
        currency: 'EUR',
        closingBalance: 0,
        closingDate: '2026-01-31',
      },
    ])
  })

  test('keep the source of a rejected row', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = statementFile('ofx1', ROWS).replace('20260131', '20260230')

    const { id } = await importFile(client, user, checking, file)

    const [rejected] = await verdicts(client, user, id, { verdict: 'rejected' })
    assert.match(String(rejected.raw), /^<STMTTRN>[^]*<DTPOSTED>20260230[^]*<\/STMTTRN>$/)
    const csv = await client.get(`/api/v1/transactions/imports/${id}/rejected.csv`).loginAs(user)
    assert.match(csv.text(), /^id,date,payee,[a-z,]+,source,reason\r\nS2,20260230,Example Ltd,/)
  })

  test('tell cards whose charges are positive', async ({ client, assert }) => {
    const { user, card } = await household({ card: 0 })
    const csv = 'Date,Description,Amount\n2026-01-30,Shop,12.34\n2026-01-31,Payment,-100.00\n'
    const mapping = { positive: 'expense', bookedOn: 'Date', amount: 'Amount' }

    const { detection } = await importFile(client, user, card, csv, { mapping })

    assert.deepEqual(detection!.positive, { value: 'expense', confidence: 1 })
    assert.deepEqual(await balances(user), { card: 87_66 })
  })
})
