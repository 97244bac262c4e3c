import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import * as fc from 'fast-check'
import { exported } from '#tests/support/transaction_exports'
import { balances, categoryOf, household, record, split, transfer } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'
import { ledgerOf } from '#tests/support/follower'
import { age } from '#tests/support/tombstones'
import ForgetTombstones from '#transactions/actions/forget_tombstones'
import type { ExportName } from '#transactions/transformers/export_formats'

/**
 * Formats that can be imported too, account by account. A QIF does not tell what a
 * point is in it, where amounts have three decimals.
 */
const READABLE: { format: ExportName; mapping?: object }[] = [
  { format: 'csv' },
  { format: 'ofx' },
  { format: 'qif', mapping: { decimal: '.' } },
]

const PATH = '/api/v1/transactions'
const BANK = 'id,date,payee,amount\nB1,2026-01-15,Rewe,-23.90\n'

/** As a person maps the columns, those of accounts among them. */
const mapping = {
  id: 'id',
  bookedOn: 'date',
  account: 'account',
  payee: 'payee',
  description: 'description',
  notes: 'notes',
  category: 'category',
  amount: 'amount',
  currency: 'currency',
  tags: 'tags',
}

/** What has misled somebody's import or spreadsheet before, tidy as an import leaves it. */
const tidy = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '=1+1',
        '+41',
        '-5',
        '@x',
        "'",
        "'=",
        '"',
        ',',
        ';',
        '|',
        '&',
        '<b>',
        '^',
        '!'
      ),
      fc.constantFrom('Anna', 'Bäckerei', '株式会社', '🥐', 'مخبز', 'null', '2026-01-31', '1.230'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    ),
    { minLength: 1, maxLength: 4 }
  )
  .map((parts) =>
    parts
      .join(' ')
      .replace(/[\s\p{C}\uFFFD]+/gu, ' ')
      .normalize('NFC')
      .trim()
  )
  .filter((text) => text !== '')

/** A bank's id may be written in a way that doesn't survive a file. */
const bankId = fc.oneof(tidy, fc.constantFrom('A  B', 'e\u0301', '000', '-17', 'none'))

const booking = fc.record({
  account: fc.constantFrom('checking' as const, 'card' as const, 'kuwait' as const),
  payee: tidy,
  description: fc.option(tidy),
  notes: fc.option(fc.array(tidy, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))),
  amount: fc.integer({ min: -999_999, max: 999_999 }).filter((minor) => minor !== 0),
  bookedOn: fc.constantFrom('2026-01-01', '2026-02-11', '2026-12-31', '1999-12-31'),
  externalId: fc.option(bankId),
  category: fc.option(fc.constantFrom('Dining', 'Gifts', 'Salary')),
  tags: fc.uniqueArray(fc.constantFrom('work', '@home', 'two words', '🥐'), { maxLength: 3 }),
})
type Booking = typeof booking extends fc.Arbitrary<infer T> ? T : never

const bookings = fc.uniqueArray(booking, {
  minLength: 1,
  maxLength: 12,
  selector: ({ account, externalId }) => (externalId === null ? {} : `${account} ${externalId}`),
})

const home = () => household({ checking: 0, card: { type: 'credit' }, kuwait: { currency: 'KWD' } })

async function booked(rows: Booking[]) {
  const made = await home()
  const { user, checking, card, kuwait } = made
  for (const { account, category, ...details } of rows) {
    const filed = category ? await categoryOf(user, category) : null
    await record(user, { ...details, accountId: made[account].id, categoryId: filed?.id })
  }
  await record(user, { accountId: kuwait.id, amount: -1_230 })
  await transfer(user, checking, card, 25_00)
  const mall = await record(user, { accountId: checking.id, amount: -10_00, payee: 'Mall' })
  await split(user, mall, [
    [await categoryOf(user, 'Dining'), -4_00],
    [await categoryOf(user, 'Gifts'), -6_00],
  ])
  return made
}

/** What an import may carry over to somebody else: all but ids, splits and the link of legs. */
async function contentOf(
  client: ApiClient,
  { user }: Pick<Awaited<ReturnType<typeof home>>, 'user'>
) {
  const ledger = await ledgerOf(client, user)
  const accounts = await client.get('/api/v1/wallet/accounts').loginAs(user)
  const names = new Map(
    accounts.body().data.map(({ id, name }: Record<string, string>) => [id, name])
  )
  return [...ledger.values()]
    .map(({ accountId, category, ...row }) => [
      names.get(accountId as string),
      row.bookedOn,
      row.payee,
      row.description,
      row.notes,
      row.amount,
      row.currency,
      row.tags,
      (category as { name: string } | null)?.name ?? null,
    ])
    .map((row) => JSON.stringify(row))
    .sort()
}

test.group('Exports / round trip', () => {
  test('adds nothing to an account, as {format}')
    .with(READABLE)
    .run(async ({ client, assert }, { format, mapping: answers }) => {
      await fc.assert(
        fc.asyncProperty(bookings, async (rows) => {
          const { user, ...accounts } = await booked(rows)
          const before = await exported(client, user, { format: 'json' })

          for (const account of Object.values(accounts)) {
            const file = await exported(client, user, { format, accountId: account.id })
            const name = `statement.${format}`
            const { counts, error } = await importFile(client, user, account, file, {
              name,
              mapping: answers,
            })

            assert.isNull(error)
            assert.containsSubset(counts, { imported: 0, rejected: 0 })
          }
          assert.equal(await exported(client, user, { format: 'json' }), before)
        }),
        { numRuns: 15, endOnFailure: true }
      )
    })
    .timeout(60_000)

  test('adds nothing to all accounts', async ({ client, assert }) => {
    await fc.assert(
      fc.asyncProperty(bookings, fc.boolean(), async (rows, bom) => {
        const { user, checking } = await booked(rows)
        const before = await exported(client, user, { bom })

        const done = await importFile(client, user, checking, before, { mapping })

        const { imported, rejected, duplicates } = done.counts
        assert.deepEqual([imported, rejected], [0, 0])
        assert.equal(duplicates, rows.length + 4)
        assert.equal(await exported(client, user, { bom }), before)
      }),
      { numRuns: 15, endOnFailure: true }
    )
  }).timeout(60_000)

  test('carries a ledger over to somebody else', async ({ client, assert }) => {
    await fc.assert(
      fc.asyncProperty(bookings, async (rows) => {
        const mine = await booked(rows)
        const theirs = await home()
        const file = await exported(client, mine.user)
        const createMissing = { ...mapping, createMissing: true }

        const done = await importFile(client, theirs.user, theirs.checking, file, {
          mapping: createMissing,
        })

        assert.containsSubset(done.counts, { rejected: 0, duplicates: 0 })
        assert.deepEqual(await balances(theirs.user), await balances(mine.user))
        assert.deepEqual(await contentOf(client, theirs), await contentOf(client, mine))
      }),
      { numRuns: 15, endOnFailure: true }
    )
  }).timeout(60_000)

  test('makes what is missing', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const garden = await client
      .post('/api/v1/transactions/categories')
      .loginAs(user)
      .json({ name: '=Garden', kind: 'expense' })
    await record(user, { accountId: checking.id, amount: -5, categoryId: garden.body().id })
    const other = await household({ current: 0 })

    const file = await exported(client, user)
    const createMissing = { createMissing: true }
    await importFile(client, other.user, other.current, file, { mapping: createMissing })

    const [[, row]] = await ledgerOf(client, other.user)
    assert.deepEqual(await balances(other.user), { current: 0, checking: -5 })
    assert.containsSubset(row, { category: { name: '=Garden' } })
  })

  test('says which rows it knows', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const plain = await record(user, { accountId: checking.id, amount: -1 })
    const known = await record(user, { accountId: checking.id, amount: -2, externalId: 'B2' })

    const file = await exported(client, user)
    const { id } = await importFile(client, user, checking, file)
    const elsewhere = await importFile(client, user, savings, file.replaceAll('checking', ''))

    const rows = await verdicts(client, user, id)
    assert.sameDeepMembers(
      rows.map(({ verdict, rule, transactionId }) => [verdict, rule, transactionId]),
      [
        ['duplicate', 'ownId', plain.id],
        ['duplicate', 'externalId', known.id],
      ]
    )
    assert.containsSubset(elsewhere.counts, { imported: 0, duplicates: 2 })
  })

  test('knows what has moved, as {format}')
    .with([{ format: 'csv' as const }, { format: 'ofx' as const }])
    .run(async ({ client, assert }, { format }) => {
      const { user, checking, savings } = await household({ checking: 0, savings: 0 })
      await importFile(client, user, checking, BANK)
      const [[id]] = await ledgerOf(client, user)
      await client.patch(`${PATH}/${id}`).loginAs(user).json({ accountId: savings.id })

      const file = await exported(client, user, { format })
      const { counts } = await importFile(client, user, savings, file, { name: `x.${format}` })

      assert.containsSubset(counts, { imported: 0, duplicates: 1 })
    })

  test('knows what moves later', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1 })
    const file = await exported(client, user)
    await client.patch(`${PATH}/${id}`).loginAs(user).json({ accountId: savings.id })

    const { counts } = await importFile(client, user, checking, file)

    assert.containsSubset(counts, { imported: 0, duplicates: 1 })
  })

  test('knows long after what was deleted', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1 })
    const file = await exported(client, user)
    await client.delete(`${PATH}/${id}`).loginAs(user)
    await age(user, 400)
    await new ForgetTombstones().handle()

    const done = await importFile(client, user, checking, file)

    assert.containsSubset(done.counts, { imported: 0, duplicates: 1 })
  })

  test('tells the same in a dry run', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })

    const file = await exported(client, user)
    const done = await importFile(client, user, checking, file, { dryRun: true })

    assert.containsSubset(done.counts, { imported: 0, duplicates: 1 })
  })

  test("keeps banks' apostrophes", async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = `date,payee,amount\n2026-01-01,"'=1+1",-1.00\n`

    await importFile(client, user, checking, csv)

    const [[, row]] = await ledgerOf(client, user)
    assert.equal(row.payee, `'=1+1`)
  })
})
