import { test } from '@japa/runner'
import { balances, household, record } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'

const COFFEE = '2026-01-05,Café,-3.50'
const file = (...rows: string[]) => ['date,payee,amount', ...rows].join('\n')
const withIds = (...rows: string[]) => ['id,date,payee,amount', ...rows].join('\n')

test.group('Imports / duplicates', () => {
  test('counts identical rows of one file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const done = await importFile(client, user, checking, file(COFFEE, COFFEE, COFFEE))

    assert.containsSubset(done.counts, { imported: 3, duplicates: 0 })
    assert.deepEqual(await balances(user), { checking: -10_50 })
  })

  test('knows them when they come again', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, file(COFFEE, COFFEE))

    const again = await importFile(client, user, checking, file(COFFEE, COFFEE))
    const oneMore = await importFile(client, user, checking, file(COFFEE, COFFEE, COFFEE))

    assert.containsSubset(again.counts, { imported: 0, duplicates: 2 })
    assert.containsSubset(oneMore.counts, { imported: 1, duplicates: 2 })
    assert.deepEqual(await balances(user), { checking: -10_50 })
  })

  test('joins overlapping files', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [a, b, c] = ['2026-01-01,A,1.00', '2026-01-02,B,2.00', '2026-01-03,C,4.00']
    await importFile(client, user, checking, file(a, b))

    const second = await importFile(client, user, checking, file(b, c))

    assert.containsSubset(second.counts, { imported: 1, duplicates: 1 })
    assert.deepEqual(await balances(user), { checking: 7_00 })
  })

  test('tells accounts apart', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    await importFile(client, user, checking, file(COFFEE))

    const other = await importFile(client, user, savings, file(COFFEE))

    assert.containsSubset(other.counts, { imported: 1, duplicates: 0 })
  })

  test('tells users apart', async ({ client, assert }) => {
    const [one, two] = [await household({ checking: 0 }), await household({ checking: 0 })]
    const csv = withIds(`B1,${COFFEE}`)
    await importFile(client, one.user, one.checking, csv)

    const other = await importFile(client, two.user, two.checking, csv)

    assert.containsSubset(other.counts, { imported: 1, duplicates: 0 })
  })

  test("goes by the bank's id alone", async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const done = await importFile(
      client,
      user,
      checking,
      withIds(`B1,${COFFEE}`, `B2,${COFFEE}`, 'B1,2026-01-06,Café again,-9.99'),
      { mapping: { id: 'id', bookedOn: 'date', payee: 'payee', amount: 'amount' } }
    )

    assert.containsSubset(done.counts, { imported: 2, duplicates: 1 })
    assert.deepEqual(await balances(user), { checking: -7_00 })
  })

  test('says why', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = file(COFFEE, `2026-01-06,Gone,-1.00`)
    const first = await importFile(client, user, checking, csv)
    const [, gone] = await verdicts(client, user, first.id)
    await client.delete(`/api/v1/transactions/${gone.transactionId}`).loginAs(user)

    const again = await importFile(client, user, checking, csv)

    const rows = await verdicts(client, user, again.id)
    assert.match(String(rows[0].reason), /same day, amount and texts/)
    assert.match(String(rows[1].reason), /deleted by hand/)
  })

  test('names what a row repeats', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: transactionId } = await record(user, {
      accountId: checking.id,
      amount: -3_50,
      externalId: 'B1',
    })

    const { id } = await importFile(client, user, checking, withIds(`B1,${COFFEE}`))

    const [row] = await verdicts(client, user, id)
    assert.containsSubset(row, { verdict: 'duplicate', rule: 'externalId', transactionId })
  })

  test('stays exact in two imports at once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = file(...Array.from({ length: 200 }, (_, i) => `2026-01-05,Shop ${i},-1.00`))

    const results = await Promise.allSettled(
      Array.from({ length: 3 }, () => importFile(client, user, checking, csv))
    )

    const done = results.filter((result) => result.status === 'fulfilled')
    assert.isNotEmpty(done)
    assert.deepEqual(await balances(user), { checking: -200_00 })
  })
})
