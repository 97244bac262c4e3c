import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { ledgerOf } from '#tests/support/follower'
import { categoryOf, household, newcomer, record, split, transfer } from '#tests/support/household'
import { cellsOf, EXPORT, exported } from '#tests/support/transaction_exports'

async function smallLedger() {
  const home = await household({
    checking: 100_00,
    card: { type: 'credit' },
    kuwait: { currency: 'KWD' },
  })
  const { user, checking, card, kuwait } = home
  const dining = await categoryOf(user, 'Dining')
  const mall = await record(user, {
    accountId: checking.id,
    amount: -10_00,
    bookedOn: '2026-01-02',
    payee: 'The "Mall", upstairs 🥐',
    notes: 'two\nlines',
    externalId: 'B1',
  })
  await split(user, mall, [
    [dining, -4_00],
    [await categoryOf(user, 'Gifts'), -6_00],
  ])
  await record(user, {
    accountId: kuwait.id,
    amount: -1_230,
    bookedOn: '2026-01-03',
    payee: '=1+1',
    categoryId: dining.id,
    tags: ['work'],
  })
  await transfer(user, checking, card, 50_00, { bookedOn: '2026-01-04' })
  return { ...home, mall, dining }
}

test.group('Exports / file', () => {
  test('comes as {format}, to be kept')
    .with([
      { format: 'csv', type: 'text/csv; charset=utf-8' },
      { format: 'json', type: 'application/json; charset=utf-8' },
      { format: 'ofx', type: 'application/x-ofx; charset=utf-8' },
      { format: 'qif', type: 'application/x-qif; charset=utf-8' },
    ])
    .run(async ({ client, assert }, { format, type }) => {
      const { user } = await smallLedger()

      const response = await client.get(EXPORT).qs({ format }).loginAs(user)

      response.assertStatus(200)
      assert.equal(response.header('content-type'), type)
      assert.match(
        response.header('content-disposition')!,
        new RegExp(`^attachment; filename="transactions-\\d{4}-\\d\\d-\\d\\d\\.${format}"`)
      )
      assert.equal(response.header('x-content-type-options'), 'nosniff')
    })

  test('holds every transaction, the newest first', async ({ client, assert }) => {
    const { user } = await smallLedger()

    const rows = cellsOf(await exported(client, user))

    assert.deepEqual(
      rows.map(({ date, amount, currency, kind }) => [date, amount, currency, kind].join(' ')),
      [
        '2026-01-04 50.00 EUR transfer',
        '2026-01-04 -50.00 EUR transfer',
        '2026-01-03 -1.230 KWD expense',
        '2026-01-02 -10.00 EUR expense',
      ]
    )
    assert.containsSubset(rows[0], { account: 'card', payee: 'checking', transfer: 'checking' })
    assert.containsSubset(rows[2], { payee: `'=1+1`, category: 'Dining', tags: 'work' })
    assert.containsSubset(rows[3], {
      id: 'B1',
      payee: 'The "Mall", upstairs 🥐',
      notes: 'two\nlines',
      splits: 'Dining -4.00; Gifts -6.00',
    })
  })

  test('holds what the list shows, as JSON', async ({ client, assert }) => {
    const { user } = await smallLedger()

    const rows = JSON.parse(await exported(client, user, { format: 'json' }))
    const ledger = await ledgerOf(client, user)

    assert.deepEqual(rows, [...ledger.values()])
  })

  test('has a statement for each account, as {format}')
    .with([
      { format: 'ofx' as const, statement: /<(?:CC)?STMTRS>/g, of: ['KWD', 'EUR'] },
      { format: 'qif' as const, statement: /!Account/g, of: ['!Type:CCard', '!Type:Bank'] },
    ])
    .run(async ({ client, assert }, { format, statement, of }) => {
      const { user } = await smallLedger()

      const file = await exported(client, user, { format })

      assert.lengthOf([...file.matchAll(statement)], 3)
      for (const part of of) assert.include(file, part)
    })

  test('knows what is on an account', async ({ client, assert }) => {
    const { user, checking } = await smallLedger()

    const file = await exported(client, user, { format: 'ofx', accountId: checking.id })

    assert.include(file, '<BALAMT>40.00</BALAMT>')
    assert.notInclude(file, 'CCSTMTRS')
  })

  test('follows the filters: {title}')
    .with([
      { title: 'days', query: { from: '2026-01-03', to: '2026-01-03' }, dates: ['2026-01-03'] },
      { title: 'kind', query: { kind: 'expense' }, dates: ['2026-01-03', '2026-01-02'] },
      { title: 'text', query: { q: 'mall' }, dates: ['2026-01-02'] },
      { title: 'a percent sign', query: { q: '%' }, dates: [] },
      { title: 'SQL', query: { q: "' OR '1'='1" }, dates: [] },
      { title: 'tag', query: { tag: 'work' }, dates: ['2026-01-03'] },
      {
        title: 'amounts',
        query: { maxAmount: -1_000 },
        dates: ['2026-01-04', '2026-01-03', '2026-01-02'],
      },
      { title: "another's account", query: { accountId: randomUUIDv7() }, dates: [] },
    ])
    .run(async ({ client, assert }, { query, dates }) => {
      const { user } = await smallLedger()

      const rows = cellsOf(await exported(client, user, query))

      assert.deepEqual(
        rows.map(({ date }) => date),
        dates
      )
    })

  test('finds splits by their category', async ({ client, assert }) => {
    const { user, dining } = await smallLedger()

    const rows = cellsOf(await exported(client, user, { categoryId: dining.id }))

    assert.lengthOf(rows, 2)
  })

  test('is empty where there is nothing: {format}')
    .with([
      { format: 'csv' as const, file: /^id,date,[\w,]+\r\n$/ },
      { format: 'json' as const, file: /^\[\n\]\n$/ },
      { format: 'ofx' as const, file: /<\/SIGNONMSGSRSV1>\n<\/OFX>\n$/ },
      { format: 'qif' as const, file: /^$/ },
    ])
    .run(async ({ client, assert }, { format, file }) => {
      assert.match(await exported(client, await newcomer(), { format }), file)
    })

  test('begins with a mark if asked', async ({ client, assert }) => {
    const user = await newcomer()

    const [plain, marked] = [
      await exported(client, user),
      await exported(client, user, { bom: true }),
    ]

    assert.isTrue(plain.startsWith('id,'))
    assert.equal(marked, `\uFEFF${plain}`)
  })

  test('refuses {field}')
    .with([
      { field: 'format', query: { format: 'xls' } },
      { field: 'bom', query: { bom: 'maybe' } },
      { field: 'limit', query: { limit: 5 } },
      { field: 'from', query: { from: '2026-02-30' } },
      { field: 'accountId', query: { accountId: '../etc' } },
    ])
    .run(async ({ client, assert }, { field, query }) => {
      const response = await client
        .get(EXPORT)
        .qs(query)
        .loginAs(await newcomer())

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })

  test('asks for a sign-in', async ({ client }) => {
    const response = await client.get(EXPORT)

    response.assertStatus(401)
  })

  test("holds nothing of another's", async ({ client, assert }) => {
    const { user } = await smallLedger()
    const stranger = await newcomer()

    assert.lengthOf(cellsOf(await exported(client, stranger)), 0)
    assert.lengthOf(cellsOf(await exported(client, user)), 4)
  })
})
