import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import {
  statementFile,
  type StatementRow,
  type WrittenFormat,
} from '#tests/support/statement_files'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const ROWS: StatementRow[] = [
  { id: 'S1', day: '2026-01-30', payee: 'Café & Bar', text: 'two coffees', amount: -12_34 },
  { id: 'S2', day: '2026-01-31', payee: '=Example, Ltd', text: 'salary "net"', amount: 1_000_00 },
]
const HEADER =
  'id,date,payee,description,notes,category,amount,currency,status,row,source,reason\r\n'

/** How each format writes the 31st of January, and a day there isn't. */
const DAYS: { format: WrittenFormat; day: string; wrong: string; shown: string }[] = [
  { format: 'ofx1', day: '>20260131', wrong: '>20260230', shown: '20260230' },
  { format: 'ofx2', day: '>20260131', wrong: '>20260230', shown: '20260230' },
  { format: 'camt053', day: '2026-01-31', wrong: '2026-02-30', shown: '2026-02-30' },
  { format: 'mt940', day: ':2601310131', wrong: ':2602300230', shown: '2602300230' },
  { format: 'qif', day: '31/01/2026', wrong: '30/02/2026', shown: '30/02/2026' },
]

async function rejectedRows(client: ApiClient, user: User, id: string) {
  const response = await client.get(`${TRANSACTIONS}/imports/${id}/rejected.csv`).loginAs(user)
  response.assertStatus(200)
  return response.text()
}

async function ledger(client: ApiClient, user: User) {
  const response = await client.get(TRANSACTIONS).loginAs(user)
  return response.body().data as { payee: string; description: string; externalId: string | null }[]
}

test.group('Corrections / other formats', () => {
  test('come back and are imported: {format}')
    .with(DAYS)
    .run(async ({ client, assert }, { format, day, wrong, shown }) => {
      const { user, checking } = await household({ checking: 0 })
      const repaired = statementFile(format, ROWS)
      const broken = repaired.replaceAll(day, wrong)
      const { id } = await importFile(client, user, checking, broken)
      const csv = await rejectedRows(client, user, id)

      const unchanged = await importFile(client, user, checking, csv)
      const corrected = csv.replace(shown, '2026-01-31')
      const first = await importFile(client, user, checking, corrected)
      const again = await importFile(client, user, checking, corrected)
      const original = await importFile(client, user, checking, broken)
      const whole = await importFile(client, user, checking, repaired)

      assert.isTrue(csv.startsWith(HEADER))
      assert.include(csv, `${shown},"'=Example, Ltd","salary ""net""",,,1000.00,EUR,,2,`)
      assert.containsSubset(unchanged.counts, { total: 1, imported: 0, rejected: 1 })
      assert.containsSubset(first.counts, { total: 1, imported: 1, rejected: 0 })
      assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
      assert.containsSubset(original.counts, { imported: 0, duplicates: 1, rejected: 1 })
      assert.containsSubset(whole.counts, { imported: 0, duplicates: 2 })
      assert.containsSubset(await ledger(client, user), [
        { payee: '=Example, Ltd', description: 'salary "net"' },
      ])
      assert.deepEqual(await balances(user), { checking: 987_66 })
    })

  test('keep the id of the bank', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = statementFile('ofx2', ROWS).replace('1000.00', '1000.005')
    const { id } = await importFile(client, user, checking, file)
    const csv = await rejectedRows(client, user, id)

    await importFile(client, user, checking, csv.replace('1000.005', '1000.00'))

    const [salary] = await ledger(client, user)
    assert.equal(salary.externalId, 'S2')
  })

  test('are not booked unless somebody corrects them: {title}')
    .with([
      {
        title: 'pending',
        format: 'camt053' as const,
        change: (file: string) => file.replace('<Cd>BOOK</Cd>', '<Cd>PDNG</Cd>'),
      },
      {
        title: 'a comma for three decimals',
        format: 'ofx2' as const,
        change: (file: string) => file.replace('-12.34', '-12,345'),
      },
      {
        title: 'an amount that is none',
        format: 'ofx2' as const,
        change: (file: string) => file.replace('-12.34', '-12.34.56'),
      },
      {
        title: 'another currency',
        format: 'ofx2' as const,
        change: (file: string) => file.replace('<CURDEF>EUR', '<CURDEF>USD'),
      },
      {
        title: 'no currency at all',
        format: 'ofx2' as const,
        change: (file: string) => file.replace('<CURDEF>EUR', '<CURDEF>ZZZ'),
      },
      {
        title: 'a correction of the bank',
        format: 'ofx2' as const,
        change: (file: string) =>
          file.replace('<FITID>S1', '<CORRECTACTION>DELETE</CORRECTACTION><FITID>S1'),
      },
      {
        title: 'an end that is missing',
        format: 'camt053' as const,
        change: (file: string) => file.slice(0, file.indexOf('<NtryRef>S2') + 200),
      },
    ])
    .run(async ({ client, assert }, { format, change }) => {
      const { user, checking } = await household({ checking: 0 })
      const first = await importFile(client, user, checking, change(statementFile(format, ROWS)))
      const before = await balances(user)

      const csv = await rejectedRows(client, user, first.id)
      const { counts } = await importFile(client, user, checking, csv)

      assert.isAbove(first.counts.rejected, 0)
      assert.containsSubset(counts, { imported: 0, rejected: first.counts.rejected })
      assert.deepEqual(await balances(user), before)
    })

  test('stand in the same columns when they are rejected again', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const broken = statementFile('ofx2', ROWS).replaceAll('>20260131', '>20260230')
    const { id } = await importFile(client, user, checking, broken)
    const csv = await rejectedRows(client, user, id)
    const worse = csv.replace('20260230', '2026-01-31').replace('1000.00', 'many')

    const second = await importFile(client, user, checking, worse)

    const rejected = await rejectedRows(client, user, second.id)
    assert.isTrue(rejected.startsWith(`${HEADER}S2,2026-01-31,"'=Example, Ltd"`))
    assert.include(rejected, 'The amount cannot be read\r\n')
    assert.notInclude(rejected, 'The bookedOn cannot be read')
  })
})
