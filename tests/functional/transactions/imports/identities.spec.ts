import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { tenant } from '#core/database/tenant'
import { balances, household } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'
import { ledgerOf } from '#tests/support/follower'
import { statementFile } from '#tests/support/statement_files'
import { identityOfBankId, identityOfOccurrence } from '#transactions/domain/identity'
import { fingerprint } from '#transactions/domain/fingerprint'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const file =
  (header: string) =>
  (...rows: string[]) =>
    `${[header, ...rows].join('\n')}\n`

const counted = file('id,date,payee,amount')
const referred = file('Date,Description,Transaction Reference,Amount')
const named = file('Date,Description,Transaction ID,Amount')

/** Books rows as imports once did, whatever identifies them now. */
async function identify(user: User, identityOf: (row: { payee: string }) => string) {
  await tenant.ledger(user.id, async (trx) => {
    for (const { id, payee } of await trx.from('transactions').select('id', 'payee')) {
      await trx
        .from('transactions')
        .where({ id })
        .update({ identity: identityOf({ payee }) })
    }
  })
}

async function change(client: ApiClient, user: User, payee: string, changes: object) {
  const ledger = await ledgerOf(client, user)
  const { id } = [...ledger.values()].find((row) => row.payee === payee)!
  const response = await client.patch(`${TRANSACTIONS}/${id}`).loginAs(user).json(changes)
  response.assertStatus(200)
}

test.group('Imports / guessed ids', () => {
  test('count anew in each file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [january, february] = [
      counted('1,2026-01-01,A,-6.00', '2,2026-01-05,Tesco,-5.00'),
      counted('1,2026-02-01,B,-7.00', '2,2026-02-05,C,-6.00'),
    ]
    await importFile(client, user, checking, january)

    const next = await importFile(client, user, checking, february)
    const again = await importFile(client, user, checking, february)

    assert.containsSubset(next.counts, { imported: 2, duplicates: 0 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
  })

  test('are no references', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const january = '2026-01-01,Landlord,RENT,-600.00'
    const february = ['2026-02-01,Landlord,RENT,-600.00', '2026-02-01,Garage,RENT,-600.00']
    await importFile(client, user, checking, referred(january))

    const next = await importFile(client, user, checking, referred(january, ...february))
    const again = await importFile(client, user, checking, referred(january, ...february))

    assert.isUndefined(next.detection!.columns!.value.id)
    assert.containsSubset(next.counts, { imported: 2, duplicates: 1 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 3 })
  })

  test('stay ids when one comes twice', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const january = ['2026-01-01,Landlord,R1,-600.00', '2026-01-05,Tesco,R2,-5.00']
    const fee = '2026-01-01,Fee,R1,-1.00'
    await importFile(client, user, checking, named(...january))

    const more = await importFile(client, user, checking, named(...january, fee))
    const turned = await importFile(client, user, checking, named(fee, ...january))

    assert.containsSubset(more.counts, { imported: 1, duplicates: 2 })
    assert.containsSubset(turned.counts, { imported: 0, duplicates: 3 })
    assert.deepEqual(await balances(user), { checking: -606_00 })
  })

  test('come again with another text', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, counted('B1,2026-01-01,TESCO 123,-6.00'))

    const again = await importFile(client, user, checking, counted('B1,2026-01-01,Tesco,-6.00'))

    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
  })

  test('are the same when mapped', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = { id: 'id', bookedOn: 'date', payee: 'payee', amount: 'amount' }
    const [guessed, mapped] = [
      counted('1,2026-01-01,A,-6.00'),
      counted('1,2026-01-01,A,-6.00', '2,2026-01-02,B,-7.00'),
    ]
    await importFile(client, user, checking, guessed)

    const more = await importFile(client, user, checking, mapped, { mapping })
    const again = await importFile(client, user, checking, mapped)

    assert.containsSubset(more.counts, { imported: 1, duplicates: 1 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
  })
})

test.group('Imports / ids of older imports', () => {
  const header = { counter: counted, reference: referred, known: named }
  const rows = {
    counter: ['R1,2026-01-01,A,-6.00', 'R2,2026-01-05,B,-5.00'],
    reference: ['2026-01-01,A,R1,-6.00', '2026-01-05,B,R2,-5.00'],
    known: ['2026-01-01,A,R1,-6.00', '2026-01-05,B,R2,-5.00'],
  }
  const ids: Record<string, string> = { A: 'R1', B: 'R2' }
  const drafts: Record<string, [string, number]> = {
    A: ['2026-01-01', -6_00],
    B: ['2026-01-05', -5_00],
  }
  const kinds = ['counter', 'reference', 'known'] as const

  test('still identify, under a {$self}')
    .with([...kinds])
    .run(async ({ client, assert }, kind) => {
      const { user, checking } = await household({ checking: 0 })
      const csv = header[kind](...rows[kind])
      await importFile(client, user, checking, csv)
      await identify(user, ({ payee }) => identityOfBankId(checking.id, ids[payee]))
      await change(client, user, 'A', { amount: -9_00, payee: 'Anna' })

      const again = await importFile(client, user, checking, csv)

      assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
      const [row] = await verdicts(client, user, again.id)
      assert.equal(row.rule, 'externalId')
    })

  test('were none where one came twice, under a {$self}')
    .with([...kinds])
    .run(async ({ client, assert }, kind) => {
      const { user, checking } = await household({ checking: 0 })
      const csv = header[kind](...rows[kind])
      await importFile(client, user, checking, csv)
      await identify(user, ({ payee }) => {
        const [bookedOn, amountMinor] = drafts[payee]
        const texts = kind === 'counter' ? { description: '' } : { description: payee }
        const draft = { bookedOn, amountMinor, currency: 'EUR', payee, ...texts, notes: '' }
        return identityOfOccurrence(fingerprint(checking.id, draft), 1)
      })

      const again = await importFile(client, user, checking, csv)

      assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
    })
})

test.group('Imports / one id of different rows', () => {
  const anna = { id: 'X', day: '2026-01-31', payee: 'Anna', text: 'Rent', amount: -50_00 }
  const bert = { ...anna, payee: 'Bert' }

  test('books each of them, as {$self}')
    .with(['ofx1', 'camt053'] as const)
    .run(async ({ client, assert }, format) => {
      const { user, checking } = await household({ checking: 0 })
      const [two, three] = [
        [anna, bert, anna],
        [bert, anna],
      ].map((rows) => statementFile(format, rows))

      const first = await importFile(client, user, checking, two)
      const turned = await importFile(client, user, checking, three)
      const again = await importFile(client, user, checking, two)

      assert.containsSubset(first.counts, { imported: 2, duplicates: 1 })
      assert.containsSubset(turned.counts, { imported: 0, duplicates: 2 })
      assert.containsSubset(again.counts, { imported: 0, duplicates: 3 })
      assert.deepEqual(await balances(user), { checking: -100_00 })
    })
})
