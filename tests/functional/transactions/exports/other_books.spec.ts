import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, categoryOf, household, record, split, transfer } from '#tests/support/household'
import { confirm, importFile, override, revert, verdicts } from '#tests/support/imports'
import { differencesOf } from '#tests/support/ledger'
import { accept, proposals } from '#tests/support/proposals'
import { exported } from '#tests/support/transaction_exports'
import type User from '#users/models/user'

const mapping = { createMissing: true }

/** The ledger of somebody with a split purchase, as a CSV. */
async function splitPurchase(client: ApiClient) {
  const { user, checking } = await household({ checking: 0 })
  const purchase = await record(user, { accountId: checking.id, amount: -12_99, payee: 'Market' })
  const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
  await client
    .patch(`/api/v1/transactions/categories/${gifts.id}`)
    .loginAs(user)
    .json({ name: 'Yachts, & 3' })
  await split(user, purchase, [
    [dining, -10_00],
    [gifts, -2_99],
  ])
  return exported(client, user, { format: 'csv' })
}

async function ledger(client: ApiClient, user: User) {
  const response = await client.get('/api/v1/transactions').loginAs(user)
  return response.body().data as object[]
}

test.group('Exports / other books', () => {
  test('bring splits along', async ({ client, assert }) => {
    const csv = await splitPurchase(client)
    const { user, mine } = await household({ mine: 0 })

    const { id, counts } = await importFile(client, user, mine, csv, { mapping })

    assert.containsSubset(counts, { imported: 1 })
    assert.containsSubset(await ledger(client, user), [
      {
        payee: 'Market',
        amount: -12_99,
        category: null,
        splits: [
          { categoryName: 'Dining', amount: -10_00, note: null },
          { categoryName: 'Yachts, & 3', amount: -2_99, note: null },
        ],
      },
    ])
    assert.deepEqual(await differencesOf(user), [])
    await revert(client, user, id)
    assert.isEmpty(await ledger(client, user))
    assert.deepEqual(await differencesOf(user), [])
  })

  test('leave a row whole whose parts are unclear: {title}')
    .with([
      { title: 'another sum', change: ['-2.99', '-3.99'] },
      { title: 'no amount', change: ['-2.99', 'much'] },
      { title: 'more decimals', change: ['-2.99', '-2.990001'] },
    ])
    .run(async ({ client, assert }, { change: [from, to] }) => {
      const csv = await splitPurchase(client)
      const { user, mine } = await household({ mine: 0 })

      await importFile(client, user, mine, csv.replace(from, to), { mapping })

      assert.containsSubset(await ledger(client, user), [{ amount: -12_99, splits: [] }])
      assert.deepEqual(await differencesOf(user), [])
    })

  test('split nothing that a person took for a duplicate', async ({ client, assert }) => {
    const csv = await splitPurchase(client)
    const { user, mine } = await household({ mine: 0 })
    const own = await record(user, { accountId: mine.id, amount: -12_99, payee: 'Elsewhere' })
    const { id } = await importFile(client, user, mine, csv, { dryRun: true })
    await override(client, user, id, 1, { verdict: 'duplicate', transactionId: own.id })

    const done = await confirm(client, user, id)

    const [row] = await verdicts(client, user, done.id)
    assert.containsSubset(done, { status: 'completed', counts: { imported: 0, duplicates: 1 } })
    assert.containsSubset(row, { verdict: 'duplicate', transactionId: own.id })
    assert.containsSubset(await ledger(client, user), [{ id: own.id, splits: [] }])
  })

  test('propose the transfers again', async ({ client, assert }) => {
    const theirs = await household({ checking: 0, savings: 0 })
    await transfer(theirs.user, theirs.checking, theirs.savings, 200_00)
    const csv = await exported(client, theirs.user, { format: 'csv' })
    const { user, mine } = await household({ mine: 0 })

    await importFile(client, user, mine, csv, { mapping })
    const [proposal] = await proposals(client, user)
    await accept(client, user, proposal.id)

    assert.containsSubset(await ledger(client, user), [{ kind: 'transfer' }, { kind: 'transfer' }])
    assert.deepEqual(await balances(user), { mine: 0, checking: -200_00, savings: 200_00 })
    assert.deepEqual(await differencesOf(user), [])
  })
})
