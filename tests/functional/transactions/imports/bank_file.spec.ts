import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'
import { BANK_MAPPING, bankFile, sumBy, type BankRow } from '#tests/support/bank_file'
import { importFile, upload, verdicts } from '#tests/support/imports'
import { differencesOf, totalsOf } from '#tests/support/ledger'

const mapping = { ...BANK_MAPPING, createMissing: true }

/** Income and expenses as a bank's customer would add them up. */
function flows(rows: BankRow[]) {
  const of = (sign: number) => rows.filter(({ amount }) => amount * sign > 0)
  const sum = (some: BankRow[]) => some.reduce((total, { amount }) => total + amount, 0)
  return { income: sum(of(1)), expenses: -sum(of(-1)) }
}

test.group('Imports / a bank file', () => {
  test('books {count} rows to the cent')
    .with([{ count: 1_000 }, { count: 10_000 }])
    .run(async ({ client, assert }, { count }) => {
      const { user, checking } = await household({ checking: 0 })
      const file = bankFile(count)

      const done = await importFile(client, user, checking, file.csv, { mapping })

      assert.containsSubset(done, {
        status: 'completed',
        progress: 1,
        error: null,
        counts: {
          total: count,
          imported: file.rows.length,
          duplicates: file.duplicates,
          rejected: 0,
        },
      })
      assert.isAbove(file.duplicates, 0)
      assert.deepEqual(await balances(user), {
        checking: 0,
        ...sumBy(file.rows, (row) => row.account),
      })
      const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
      assert.containsSubset(summary.body(), flows(file.rows))
      assert.deepEqual(await differencesOf(user), [])
    })
    .timeout(60_000)

  test('agrees with every month and category', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { csv, rows } = bankFile(1_000, 11)

    await importFile(client, user, checking, csv, { mapping })

    const cashflow = await client.get('/api/v1/wallet/cashflow').loginAs(user)
    const months = Object.fromEntries(
      cashflow
        .body()
        .series.map(({ period, net }: { period: string; net: number }) => [period, net])
    )
    assert.deepEqual(
      months,
      sumBy(rows, ({ date }) => date.slice(0, 7))
    )
    const analytics = await client.get('/api/v1/wallet/analytics').loginAs(user)
    const spent = Object.fromEntries(
      analytics
        .body()
        .groups.map(({ name, amount }: { name: string; amount: number }) => [name, -amount])
    )
    const { Salary: salary, ...categories } = sumBy(rows, ({ category }) => category)
    assert.deepEqual(spent, categories)
    const { kept, recomputed } = await totalsOf(user)
    assert.deepEqual(kept, recomputed)
  })

  test('keeps the text of every cell', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { csv, rows } = bankFile(200)

    await importFile(client, user, checking, csv, { mapping })

    const response = await client.get('/api/v1/transactions').qs({ limit: 200 }).loginAs(user)
    const booked = new Map<string, Record<string, string | null>>(
      response.body().data.map((row: { externalId: string }) => [row.externalId, row])
    )
    assert.equal(booked.size, rows.length)
    for (const { id, date, payee, notes } of rows) {
      assert.containsSubset(booked.get(id), { bookedOn: date, payee })
      assert.equal(booked.get(id)!.notes ?? '', notes.trim(), id)
    }
  })

  test('adds nothing when it comes again', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { csv } = bankFile(1_000)
    await importFile(client, user, checking, csv, { mapping })
    const before = await balances(user)

    const again = await importFile(client, user, checking, csv, { mapping })

    assert.containsSubset(again.counts, { total: 1_000, imported: 0, duplicates: 1_000 })
    assert.deepEqual(await balances(user), before)
  })

  test('leaves a verdict for every row', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = bankFile(300)
    const { id } = await importFile(client, user, checking, file.csv, { mapping })

    const all = await verdicts(client, user, id)
    const repeated = await verdicts(client, user, id, { verdict: 'duplicate' })

    assert.deepEqual(
      all.map(({ number }) => number),
      Array.from({ length: 300 }, (_, index) => index + 1)
    )
    assert.lengthOf(repeated, file.duplicates)
    assert.isTrue(all.every(({ transactionId }) => typeof transactionId === 'string'))
    assert.lengthOf(new Set(all.map(({ transactionId }) => transactionId)), file.rows.length)
    assert.isTrue(repeated.every(({ rule }) => rule === 'externalId'))
  })

  test('answers before a row is read', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const response = await upload(client, user, checking, bankFile(100).csv, { mapping })

    response.assertStatus(202)
    assert.containsSubset(response.body(), {
      status: 'pending',
      progress: 0,
      fileName: 'bank.csv',
      counts: { total: 0, imported: 0 },
    })
    assert.equal(response.header('location'), `/api/v1/transactions/imports/${response.body().id}`)
    assert.deepEqual(await balances(user), { checking: 0 })
  })

  test('changes nothing in a dry run', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const file = bankFile(500)

    const dry = await importFile(client, user, checking, file.csv, { mapping, dryRun: true })

    assert.containsSubset(dry, {
      status: 'completed',
      counts: { total: 500, imported: file.rows.length, duplicates: file.duplicates },
    })
    assert.deepEqual(await balances(user), { checking: 0 })
    const rows = await verdicts(client, user, dry.id, { verdict: 'imported' })
    assert.isTrue(rows.every(({ transactionId }) => transactionId === null))
    const wet = await importFile(client, user, checking, file.csv, { mapping })
    assert.deepEqual(wet.counts, dry.counts)
  })
})
