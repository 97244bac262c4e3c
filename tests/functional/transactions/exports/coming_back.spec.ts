import { test } from '@japa/runner'
import { balances, household, record } from '#tests/support/household'
import { importFile, revert, verdicts } from '#tests/support/imports'
import { exported } from '#tests/support/transaction_exports'

const ACCOUNTS = '/api/v1/wallet/accounts'
const PLAIN = 'date,payee,amount\n2026-01-01,A,-1.00\n2026-01-01,A,-1.00\n2026-01-02,B,-2.00\n'
const COUNTED = 'id,date,payee,amount\n1,2026-01-01,A,-1.00\n2,2026-01-01,A,-1.00\n'
const FILES = [
  { format: 'csv' as const, file: PLAIN, ids: 'without ids' },
  { format: 'csv' as const, file: COUNTED, ids: 'with ids' },
  { format: 'ofx' as const, file: PLAIN, ids: 'without ids' },
  { format: 'qif' as const, file: PLAIN, ids: 'without ids' },
]
const named = (format: string) => ({ name: `export.${format}` })

test.group('Exports / after a reversal', () => {
  test('are the file they came from: {format} {ids}')
    .with(FILES)
    .run(async ({ client, assert }, { format, file }) => {
      const { user, checking } = await household({ checking: 0 })
      const first = await importFile(client, user, checking, file)
      const backup = await exported(client, user, { format })
      await revert(client, user, first.id)
      const second = await importFile(client, user, checking, file)

      const restored = await importFile(client, user, checking, backup, named(format))

      assert.equal(second.counts.imported, first.counts.imported)
      assert.containsSubset(restored.counts, {
        imported: 0,
        duplicates: first.counts.imported,
        rejected: 0,
      })
    })

  test('bring back what the file brought: {format} {ids}')
    .with(FILES)
    .run(async ({ client, assert }, { format, file }) => {
      const { user, checking } = await household({ checking: 0 })
      const first = await importFile(client, user, checking, file)
      const [backup, content] = [await exported(client, user, { format }), await balances(user)]
      await revert(client, user, first.id)

      const restored = await importFile(client, user, checking, backup, named(format))
      const again = await importFile(client, user, checking, file)
      const twice = await importFile(client, user, checking, backup, named(format))

      assert.equal(restored.counts.imported, first.counts.imported)
      assert.equal(again.counts.imported, 0)
      assert.equal(twice.counts.imported, 0)
      assert.deepEqual(await balances(user), content)
    })

  test('are what they were before, byte by byte')
    .with([PLAIN, COUNTED])
    .run(async ({ client, assert }, file) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -7 })
      const before = await exported(client, user)
      const first = await importFile(client, user, checking, file)
      const again = await importFile(client, user, checking, file)
      await revert(client, user, first.id)
      const reverted = await exported(client, user)

      const third = await importFile(client, user, checking, file)

      assert.equal(again.counts.imported, 0)
      assert.equal(reverted, before)
      assert.deepEqual(third.counts, first.counts)
    })

  test('keep apart what was entered by hand', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const byHand = { accountId: checking.id, amount: -2_00, payee: 'B', bookedOn: '2026-01-02' }
    await record(user, byHand)
    const first = await importFile(client, user, checking, PLAIN)
    await record(user, byHand)
    const backup = await exported(client, user)
    await revert(client, user, first.id)

    const restored = await importFile(client, user, checking, backup)
    const again = await importFile(client, user, checking, PLAIN)

    assert.equal(restored.counts.imported, 3)
    assert.equal(again.counts.imported, 0)
    assert.deepEqual(await balances(user), { checking: -8_00 })
  })

  test('bring back one of equal rows: {title}')
    .with([
      { title: 'the first is left', order: [1, 2] },
      { title: 'the second is left', order: [2, 1] },
    ])
    .run(async ({ client, assert }, { order }) => {
      const { user, checking } = await household({ checking: 0 })
      const row = '2026-01-01,A,-1.00\n'
      const first = await importFile(client, user, checking, `date,payee,amount\n${row}`)
      const both = await importFile(client, user, checking, `date,payee,amount\n${row}${row}`)
      const [backup, content] = [await exported(client, user), await balances(user)]
      await revert(client, user, order[0] === 1 ? both.id : first.id)

      const restored = await importFile(client, user, checking, backup)
      const again = await importFile(client, user, checking, `date,payee,amount\n${row}${row}`)

      assert.containsSubset(restored.counts, { imported: 1, duplicates: 1 })
      assert.equal(again.counts.imported, 0)
      assert.deepEqual(await balances(user), content)
    })

  test('bring back a half of many equal rows', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const equal = (count: number) => `date,payee,amount\n${'2026-01-01,A,-1.00\n'.repeat(count)}`
    await importFile(client, user, checking, equal(2_000))
    const more = await importFile(client, user, checking, equal(4_000))
    const backup = await exported(client, user)
    await revert(client, user, more.id)

    const restored = await importFile(client, user, checking, backup)

    assert.containsSubset(restored.counts, { imported: 2_000, duplicates: 2_000 })
  })
})

test.group('Exports / whatever account is chosen', () => {
  test('go where they came from, as ofx', async ({ client, assert }) => {
    const { user, checking, card } = await household({ checking: 0, card: { type: 'credit' } })
    const { user: other, current } = await household({ current: 0 })
    await record(user, { accountId: checking.id, amount: -1, externalId: 'B1' })
    await record(user, { accountId: card.id, amount: -2, externalId: 'B1' })
    await record(user, { accountId: card.id, amount: -3 })
    const file = await exported(client, user, { format: 'ofx' })

    for (const account of [checking, card]) {
      const { counts } = await importFile(client, user, account, file, named('ofx'))
      assert.containsSubset(counts, { imported: 0, duplicates: 3, rejected: 0 })
    }
    const elsewhere = await importFile(client, other, current, file, named('ofx'))
    const rows = await verdicts(client, other, elsewhere.id, { verdict: 'rejected' })

    assert.containsSubset(elsewhere.counts, { imported: 1, rejected: 2 })
    assert.equal(rows[0].field, 'account')
  })

  test('are known when their account is renamed', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const bank = 'id,date,payee,amount\nB1,2026-01-15,Rewe,-23.90\n'
    await importFile(client, user, savings, bank)
    await record(user, { accountId: savings.id, amount: -3, externalId: 'B2' })
    const file = await exported(client, user)
    const old = file.replaceAll(/,[^,\r]*\r\n/g, '\r\n')
    await client.patch(`${ACCOUNTS}/${savings.id}`).loginAs(user).json({ name: 'Nest egg' })

    const known = await importFile(client, user, checking, file)
    const refused = await importFile(client, user, checking, old)

    assert.containsSubset(known.counts, { imported: 0, duplicates: 2, rejected: 0 })
    assert.containsSubset(refused.counts, { imported: 0, duplicates: 0, rejected: 2 })
  })

  test('are not guessed at once taken back', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const first = await importFile(client, user, savings, PLAIN)
    const file = await exported(client, user)
    await client.patch(`${ACCOUNTS}/${savings.id}`).loginAs(user).json({ name: 'Nest egg' })
    await revert(client, user, first.id)

    const { id, counts } = await importFile(client, user, checking, file)

    const [row] = await verdicts(client, user, id)
    assert.containsSubset(counts, { imported: 0, rejected: 3 })
    assert.containsSubset(row, { field: 'account', reason: 'No account has this name' })
  })

  test('go to another ledger whole', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await record(user, { accountId: checking.id, amount: -1, externalId: 'B1' })
    await record(user, { accountId: savings.id, amount: -2, externalId: 'B1' })
    await record(user, { accountId: savings.id, amount: -4 })
    const { user: other, current } = await household({ current: 0 })
    const file = await exported(client, user)

    const first = await importFile(client, other, current, file)
    const again = await importFile(client, other, current, file)

    assert.containsSubset(first.counts, { imported: 3, rejected: 0 })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 3 })
    assert.deepEqual(await balances(other), { current: -7 })
  })
})
