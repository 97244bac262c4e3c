import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'

const IMPORTS = '/api/v1/transactions/imports'
const MAPPING = { bookedOn: 'date', payee: 'payee', amount: 'amount' }

test.group('Imports / rejections', () => {
  test('book the rest of the file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = [
      'date,payee,amount',
      '2026-01-01,Good,-1.00',
      '2026-02-30,No such day,-1.00',
      '2026-01-02,Words,many',
      '2026-01-03,Zero,0.00',
      '2026-01-04,Too precise,-1.005',
      '2026-01-05,Too large,99999999999999999999',
      '2026-01-06',
      '2026-01-07,One cell,too,many,-1.00',
      'a\0b,NUL,-1.00',
      '2026-01-08,Good too,-2.00',
    ].join('\n')

    const { id, status, counts } = await importFile(client, user, checking, csv, {
      mapping: MAPPING,
    })

    assert.equal(status, 'completed')
    assert.deepEqual(counts, { total: 10, imported: 2, duplicates: 0, rejected: 8 })
    assert.deepEqual(await balances(user), { checking: -3_00 })
    const rejected = await verdicts(client, user, id, { verdict: 'rejected' })
    assert.deepEqual(
      rejected.map(({ number, field }) => [number, field]),
      [
        [2, 'bookedOn'],
        [3, 'amount'],
        [4, 'amount'],
        [5, 'amount'],
        [6, 'amount'],
        [7, null],
        [8, null],
        [9, rejected[7].field],
      ]
    )
    assert.isTrue(rejected.every(({ reason }) => String(reason).length > 5))
    assert.equal(rejected[1].raw, '2026-01-02,Words,many')
  })

  test('name an account nobody has', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv =
      'date,payee,account,amount\n2026-01-01,A,Nowhere,-1.00\n2026-01-02,B,CHECKING,-2.00\n'

    const { id, counts } = await importFile(client, user, checking, csv, {
      mapping: { ...MAPPING, account: 'account' },
    })

    assert.containsSubset(counts, { imported: 1, rejected: 1 })
    const [refused] = await verdicts(client, user, id, { verdict: 'rejected' })
    assert.containsSubset(refused, { number: 1, field: 'account' })
    assert.match(String(refused.reason), /account/i)
    assert.deepEqual(await balances(user), { checking: -2_00 })
  })

  test('make missing accounts when asked', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = [
      'date,payee,account,category,amount',
      '2026-01-01,A,Cash box,Yachts,-1.00',
      '2026-01-02,B,cash BOX,yachts,-2.00',
    ].join('\n')

    const { counts } = await importFile(client, user, checking, csv, {
      mapping: { ...MAPPING, account: 'account', category: 'category', createMissing: true },
    })

    assert.containsSubset(counts, { imported: 2, rejected: 0 })
    assert.deepEqual(await balances(user), { 'checking': 0, 'Cash box': -3_00 })
    const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
    assert.containsSubset(summary.body().topCategories, [{ name: 'Yachts', amount: 3_00 }])
  })

  test('go to the category of their kind', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    for (const kind of ['expense', 'income']) {
      await client
        .post('/api/v1/transactions/categories')
        .loginAs(user)
        .json({ name: 'Flea market', kind })
    }
    const csv = [
      'date,payee,amount,category',
      '2026-01-01,Sold,5.00,flea market',
      '2026-01-02,Bought,-5.00,Flea market',
      '2026-01-03,Refund,1.00,Dining',
    ].join('\n')

    await importFile(client, user, checking, csv)

    const listed = await client.get('/api/v1/transactions').loginAs(user)
    const categories = await client.get('/api/v1/transactions/categories?limit=200').loginAs(user)
    const kinds = new Map(
      categories.body().data.map(({ id, kind }: { id: string; kind: string }) => [id, kind])
    )
    assert.deepEqual(
      listed
        .body()
        .data.map((row: { payee: string; category: { id: string } }) => [
          row.payee,
          kinds.get(row.category.id),
        ]),
      [
        ['Refund', 'expense'],
        ['Bought', 'expense'],
        ['Sold', 'income'],
      ]
    )
  })

  test("never reach another's account of that name", async ({ client, assert }) => {
    const [mine, theirs] = [await household({ checking: 0 }), await household({ secret: 0 })]
    const csv = 'date,payee,account,amount\n2026-01-01,A,secret,-1.00\n'

    const { counts } = await importFile(client, mine.user, mine.checking, csv, {
      mapping: { ...MAPPING, account: 'account' },
    })

    assert.containsSubset(counts, { imported: 0, rejected: 1 })
    assert.deepEqual(await balances(theirs.user), { secret: 0 })
  })

  test('name a currency of another account', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount,currency\n2026-01-01,A,-1.00,USD\n2026-01-02,B,-1.00,EUR\n'

    const { id, counts } = await importFile(client, user, checking, csv)

    assert.containsSubset(counts, { imported: 1, rejected: 1 })
    const [refused] = await verdicts(client, user, id, { verdict: 'rejected' })
    assert.containsSubset(refused, { number: 1, field: 'currency' })
  })

  test('keep formulas as they came', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = `date,payee,amount\n2026-01-01,"=HYPERLINK(""http://x"")",-1.00\n`

    await importFile(client, user, checking, csv)

    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.equal(listed.body().data[0].payee, '=HYPERLINK("http://x")')
  })

  test('come back as a file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n2026-01-01,Fine,-1.00\n2026-01-02,=Bad,many\n'
    const { id } = await importFile(client, user, checking, csv, { mapping: MAPPING })

    const response = await client
      .get(`/api/v1/transactions/imports/${id}/rejected.csv`)
      .loginAs(user)

    response.assertStatus(200)
    assert.match(response.header('content-type')!, /^text\/csv/)
    assert.match(response.header('content-disposition')!, /^attachment/)
    assert.include(response.text(), 'many')
    assert.notInclude(response.text(), 'Fine')
    assert.notMatch(response.text(), /(^|[,\n])=/)
  })

  test('come back as they were', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const stated = { mapping: { ...MAPPING, dateFormat: 'YYYY-MM-DD' } }
    const texts = ['=cmd|x', `'=1`, '-5', '+41 79', '@home', `''-x`]
    const rows = texts.map((text, i) => `2026-02-30,"${text}",-$${i + 1}.00`)
    const csv = ['date,payee,amount', '2026-01-01,Fine,-$9.00', ...rows, ''].join('\n')
    const rejected = async (id: string) => {
      const answer = await client.get(`${IMPORTS}/${id}/rejected.csv`).loginAs(user)
      return answer.text()
    }
    const first = await importFile(client, user, checking, csv, stated)

    const file = await rejected(first.id)
    const unchanged = await importFile(client, user, checking, file, stated)
    const twice = await rejected(unchanged.id)
    const corrected = twice.replaceAll('2026-02-30', '2026-02-28')
    const done = await importFile(client, user, checking, corrected, stated)

    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.notMatch(file, /(^|[,"\n])[=@]/)
    assert.equal(
      twice,
      file.replaceAll(/^[2-7],/gm, (number) => `${Number.parseInt(number) - 1},`)
    )
    assert.containsSubset(done.counts, { imported: 6, rejected: 0 })
    assert.sameMembers(
      listed.body().data.map(({ payee }: { payee: string }) => payee),
      ['Fine', ...texts]
    )
    assert.deepEqual(await balances(user), { checking: -30_00 })
  })
})
