import { test } from '@japa/runner'
import { household } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'

const MAPPING = { bookedOn: 'date', payee: 'payee', notes: 'notes', amount: 'amount' }
const HEADER = 'date,payee,notes,amount'

test.group('Imports / raw rows', () => {
  test('are kept whatever the verdict', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const lines = [
      '2026-01-05,Café,"two\nlines, and a ""quote""",-3.50',
      '2026-01-06,a\\b\tc,\\N,-1.00',
      '2026-02-30,Nowhen,,-1.00',
    ]
    const csv = [HEADER, ...lines].join('\n')
    await importFile(client, user, checking, csv, { mapping: MAPPING })

    const again = await importFile(client, user, checking, csv, { mapping: MAPPING })

    const rows = await verdicts(client, user, again.id)
    assert.deepEqual(
      rows.map(({ number, verdict, raw }) => [number, verdict, raw]),
      [
        [1, 'duplicate', lines[0]],
        [2, 'duplicate', lines[1]],
        [3, 'rejected', lines[2]],
      ]
    )
  })

  test('are cut between two characters', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const start = '2026-01-05,Shop,-1.00,'
    const long = `${start}${'x'.repeat(10_000 - start.length - 1)}🥐${'y'.repeat(50)}`
    const csv = `date,payee,amount,memo\n${long}\n`

    const { id } = await importFile(client, user, checking, csv, {
      mapping: { bookedOn: 'date', payee: 'payee', amount: 'amount' },
    })

    const [row] = await verdicts(client, user, id)
    assert.equal(row.verdict, 'imported')
    assert.equal(row.raw, long.slice(0, 9_999))
  })
})
