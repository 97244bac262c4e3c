import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, categoryOf, household, record, split } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { ledgerOf } from '#tests/support/follower'
import { statementFile } from '#tests/support/statement_files'
import { exported } from '#tests/support/transaction_exports'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const MAPPING = { bookedOn: 'date', payee: 'payee', amount: 'amount' }

const FINE = ['-1.10', '-12.34', '-5.25', '-8.00'].map((amount) => `2026-01-01,A,${amount}\n`)
const THREE_DECIMALS = `date,payee,amount\n${FINE.join('')}2026-01-02,B,-1.005\n`

/** A CSV with a row that is rejected for what it says. */
const REFUSED = [
  {
    title: 'three decimals',
    csv: THREE_DECIMALS,
  },
  {
    title: 'three decimals in a mapped column',
    csv: THREE_DECIMALS,
    mapping: MAPPING,
  },
  {
    title: 'a credit that leaves',
    csv: 'Date,Description,Debit,Credit\n2026-01-01,A,,10.00\n2026-01-02,B,,-5.00\n',
  },
  {
    title: 'a currency there is not',
    csv: `date,payee,amount,currency\n2026-01-01,A,-1.00,EUR\n2026-01-02,B,-2.00,EURO\n`,
  },
  {
    title: 'a day of another order',
    csv: `Date,Description,Amount\n${['31', '30', '29', '28', '27'].map((day) => `${day}/01/2026,A,-1.00\n`).join('')}01/13/2026,C,-2.00\n`,
  },
  {
    title: 'a quote that is never closed',
    csv: 'date,payee,amount\n2026-01-01,A,-12.34\n"2026-01-02,B,-1.00\n',
    mapping: MAPPING,
  },
]

async function rejectedRows(client: ApiClient, user: User, id: string): Promise<string> {
  const response = await client.get(`${TRANSACTIONS}/imports/${id}/rejected.csv`).loginAs(user)
  response.assertStatus(200)
  return response.text()
}

test.group('Corrections / CSV', () => {
  test('are needed before a row is booked: {title}')
    .with(REFUSED)
    .run(async ({ client, assert }, { csv, mapping }) => {
      const { user, checking } = await household({ checking: 0 })
      const first = await importFile(client, user, checking, csv, { mapping })
      const before = await balances(user)
      const file = await rejectedRows(client, user, first.id)

      const { status, counts } = await importFile(client, user, checking, file, { mapping })

      assert.equal(first.counts.rejected, 1)
      assert.containsSubset(
        { status, counts },
        {
          status: 'completed',
          counts: { total: 1, imported: 0, rejected: 1 },
        }
      )
      assert.deepEqual(await balances(user), before)
    })

  test('keep the sign that the whole file has proven', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const rows = [
      '2026-01-01,A,10.00,90.00',
      '2026-01-02,B,5.00,85.00',
      '2026-01-03,C,-20.00,105.00',
    ]
    const wrong = '2026-01-34,D,-7.00,112.00'
    const csv = ['Date,Description,Amount,Balance', ...rows, wrong, ''].join('\n')
    const { id } = await importFile(client, user, checking, csv)
    const file = await rejectedRows(client, user, id)

    await importFile(client, user, checking, file.replace('-34', '-04'))

    assert.deepEqual(await balances(user), { checking: 12_00 })
  })

  test('are the rows that the file would have had', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'Datum,Betrag,Was,Wo\n2026-01-03,-1.00,Shop,Ulm\n2026-01-34,-3.00,Shop,Bonn\n'
    const { id } = await importFile(client, user, checking, csv)
    const file = await rejectedRows(client, user, id)

    const corrected = await importFile(client, user, checking, file.replace('-34', '-04'))
    const whole = await importFile(client, user, checking, csv.replace('-34', '-04'))

    assert.containsSubset(corrected.counts, { imported: 1, rejected: 0 })
    assert.containsSubset(whole.counts, { imported: 0, duplicates: 2 })
  })

  test('may be of a few rows only', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const fine = ['02', '03', '04'].map((day) => `2026-01-${day},Shop,-1.00\n`)
    const csv = `date,payee,amount\n${fine.join('')}soon,Bar,-2.00\nlater,Bar,-4.00\nsome day,Bar,-8.00\n`
    const { id } = await importFile(client, user, checking, csv)
    const file = await rejectedRows(client, user, id)

    const { counts } = await importFile(client, user, checking, file.replace('soon', '2026-01-05'))

    assert.containsSubset(counts, { total: 3, imported: 1, rejected: 2 })
    assert.deepEqual(await balances(user), { checking: -5_00 })
  })

  test('are not booked without their end', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const start = '2026-01-34,Shop,'
    const long = `${start}${'m'.repeat(9_997 - start.length)},-12.34\n`
    const csv = `date,payee,memo,amount\n2026-01-01,Shop,Milk,-3.50\n${long}`
    const { id } = await importFile(client, user, checking, csv, { mapping: MAPPING })
    const file = await rejectedRows(client, user, id)

    const corrected = file.replace('-34', '-04')
    const { counts } = await importFile(client, user, checking, corrected, { mapping: MAPPING })

    assert.containsSubset(counts, { imported: 0, rejected: 1 })
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('are read by the profile of their file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = { bookedOn: 'When', payee: 'Who', amount: 'How much' }
    const csv = 'When;Who;How much\n2026-01-02;Shop;-1,00\n2026-01-34;Shop;-2,00\n'
    const { id } = await importFile(client, user, checking, csv, {
      mapping,
      fields: { saveProfile: 'true' },
    })
    const file = await rejectedRows(client, user, id)

    const { counts } = await importFile(client, user, checking, file.replace('-34', '-04'))

    assert.containsSubset(counts, { imported: 1, rejected: 0 })
    assert.deepEqual(await balances(user), { checking: -3_00 })
  })

  test('come in a file without headers too', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = { bookedOn: '#1', payee: '#2', amount: '#3' }
    const csv = '2026-01-02,=Shop,-1.00\nsoon,=Shop,-2.00\nlater,=Bar,-4.00\n'
    const { id } = await importFile(client, user, checking, csv, { mapping })
    const file = await rejectedRows(client, user, id)

    const { counts } = await importFile(
      client,
      user,
      checking,
      file.replace('soon', '2026-01-03'),
      {
        mapping,
      }
    )

    assert.containsSubset(counts, { total: 2, imported: 1, rejected: 1 })
    const ledger = await ledgerOf(client, user)
    assert.deepEqual(
      [...ledger.values()].map(({ payee }) => payee),
      ['=Shop', '=Shop']
    )
  })

  test('of an export are an export still', async ({ client, assert }) => {
    const { user, savings } = await household({ savings: 0 })
    const { user: other, wallet } = await household({ wallet: 0 })
    const day = '2026-01-15'
    const details = { amount: -10_00, bookedOn: day, payee: 'Mall', externalId: 'B1' }
    const mall = await record(user, { accountId: savings.id, ...details })
    await split(user, mall, [
      [await categoryOf(user, 'Dining'), -4_00],
      [await categoryOf(user, 'Gifts'), -6_00],
    ])
    const backup = await exported(client, user)
    const mapping = {
      id: 'id',
      bookedOn: 'date',
      account: 'account',
      payee: 'payee',
      amount: 'amount',
    }
    const { id } = await importFile(client, other, wallet, backup, { mapping })
    const file = await rejectedRows(client, other, id)

    const corrected = file.replace(',savings,', ',wallet,')
    const first = await importFile(client, other, wallet, corrected)
    const bank = statementFile('ofx2', [{ id: 'B1', day, payee: 'Mall', text: '', amount: -10_00 }])
    const again = await importFile(client, other, wallet, bank, { name: 'bank.ofx' })

    assert.include(file, 'No account has this name')
    assert.containsSubset(first.counts, { imported: 1, rejected: 0 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
    const ledger = await ledgerOf(client, other)
    const [shown] = [...ledger.values()]
    assert.containsSubset(shown, { splits: [{ amount: -4_00 }, { amount: -6_00 }] })
  })
})
