import { test } from '@japa/runner'
import { balances, categoryOf, household } from '#tests/support/household'
import { importFile, verdicts } from '#tests/support/imports'

const GERMAN = [
  'Buchungstag;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung',
  '31.01.2026;Bäckerei Süß;"Brot; und Brötchen";-1.234,56;EUR',
  '01.02.2026;Arbeitgeber GmbH;Gehalt;2.500,00;EUR',
].join('\r\n')

test.group('Imports / dialects', () => {
  test('reads German files: {title}')
    .with([
      { title: 'UTF-8', content: Buffer.from(GERMAN) },
      { title: 'with a byte order mark', content: Buffer.from(`\uFEFF${GERMAN}`) },
      { title: 'Windows-1252', content: Buffer.from(GERMAN, 'latin1') },
      { title: 'UTF-16', content: Buffer.from(`\uFEFF${GERMAN}`, 'utf16le') },
      {
        title: 'with a title above',
        content: Buffer.from(`Umsätze Girokonto;;;;\r\n\r\n${GERMAN}`),
      },
    ])
    .run(async ({ client, assert }, { content }) => {
      const { user, checking } = await household({ checking: 0 })

      const done = await importFile(client, user, checking, content)

      assert.containsSubset(done, {
        status: 'completed',
        counts: { total: 2, imported: 2, rejected: 0 },
      })
      assert.deepEqual(await balances(user), { checking: 1_265_44 })
      const listed = await client.get('/api/v1/transactions').loginAs(user)
      assert.containsSubset(listed.body().data, [
        { bookedOn: '2026-02-01', payee: 'Arbeitgeber GmbH', amount: 2_500_00 },
        { bookedOn: '2026-01-31', payee: 'Bäckerei Süß', description: 'Brot; und Brötchen' },
      ])
    })

  test('joins debit and credit', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'Date,Name,Paid out,Paid in\n2026-01-01,Shop,12.50,\n2026-01-02,Boss,,100.00\n'

    await importFile(client, user, checking, csv)

    assert.deepEqual(await balances(user), { checking: 87_50 })
  })

  test('knows currencies without cents', async ({ client, assert }) => {
    const { user, yen } = await household({ yen: { currency: 'JPY' } })
    const csv = 'date,payee,amount\n2026-01-01,Shop,-1500\n2026-01-02,Shop,-1.50\n'

    const { id, counts } = await importFile(client, user, yen, csv)

    assert.containsSubset(counts, { imported: 1, rejected: 1 })
    assert.deepEqual(await balances(user), { yen: -1_500 })
    const [refused] = await verdicts(client, user, id, { verdict: 'rejected' })
    assert.containsSubset(refused, { number: 2, field: 'amount' })
  })

  test('takes the order of days as told', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n02/03/2026,Shop,-1.00\n'
    const mapping = { bookedOn: 'date', payee: 'payee', amount: 'amount', dateFormat: 'DD/MM/YYYY' }

    const unsure = await importFile(client, user, checking, csv)
    const told = await importFile(client, user, checking, csv, { mapping })

    assert.equal(unsure.status, 'failed')
    assert.equal(unsure.error!.code, 'dateFormat')
    assert.equal(told.status, 'completed')
    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.equal(listed.body().data[0].bookedOn, '2026-03-02')
  })

  test('asks what a card counts as positive', async ({ client, assert }) => {
    const { user, card, checking } = await household({ card: { type: 'credit' }, checking: 0 })
    const csv = 'date,payee,amount\n2026-01-01,A,5.00\n2026-01-02,B,1.00\n2026-01-03,C,-9.00\n'

    const unsure = await importFile(client, user, card, csv)
    const told = await importFile(client, user, card, csv, { mapping: { positive: 'expense' } })
    const bank = await importFile(client, user, checking, csv)

    assert.containsSubset(unsure, { status: 'failed', error: { code: 'positive' } })
    assert.containsSubset(told, { status: 'completed', counts: { imported: 3 } })
    assert.containsSubset(bank.detection, { positive: { value: 'income', confidence: 0.9 } })
    assert.deepEqual(await balances(user), { card: 3_00, checking: -3_00 })
  })

  test('takes a format of days with a time', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n2026-03-02T10:15:00,Shop,-1.00\n'
    const mapping = { dateFormat: "yyyy-MM-dd'T'HH:mm:ss" }

    const done = await importFile(client, user, checking, csv, { mapping })

    assert.containsSubset(done, { status: 'completed', counts: { imported: 1 } })
  })

  test('books again no row whose text stood elsewhere', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const header = 'Tarih;Kol1;Kol2;Tutar\n'
    const rows = '31.01.2026;;MIGROS;-1,00\n30.01.2026;;KIRA;-2,00\n'

    await importFile(client, user, checking, header + rows)
    const more = `${header}01.02.2026;EXTRA;SHOP;-3,00\n${rows}`
    const { counts } = await importFile(client, user, checking, more)

    assert.containsSubset(counts, { imported: 1, duplicates: 2 })
    assert.deepEqual(await balances(user), { checking: -6_00 })
  })

  test('finds categories by name', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dining = await categoryOf(user, 'Dining')
    const csv = 'date,payee,category,amount\n2026-01-01,A,dINING,-1.00\n2026-01-02,B,Yachts,-2.00\n'

    const { id } = await importFile(client, user, checking, csv)

    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.deepEqual(
      listed.body().data.map(({ category }: { category: { id: string } | null }) => category?.id),
      [undefined, dining.id]
    )
    const [, unknown] = await verdicts(client, user, id)
    assert.containsSubset(unknown, { verdict: 'imported', field: 'category' })
  })

  test('survives {title}')
    .with([
      { title: 'an empty file', content: '', code: 'empty' },
      { title: 'a header alone', content: 'date,payee,amount\n' },
      { title: 'no column of days', content: 'payee,amount\nShop,-1.00\n', code: 'missingField' },
      {
        title: 'no column of amounts',
        content: 'date,payee\n2026-01-01,Shop\n',
        code: 'missingField',
      },
      { title: 'a hundred thousand columns', content: `${'a,'.repeat(100_000)}\n` },
      { title: 'one endless quote', content: `date,payee,amount\n"${'x'.repeat(3_000_000)}` },
      { title: 'bytes of nothing', content: Buffer.alloc(5_000, 0x80) },
    ])
    .run(async ({ client, assert }, { content, code }) => {
      const { user, checking } = await household({ checking: 0 })

      const done = await importFile(client, user, checking, content)

      assert.include(['failed', 'completed'], done.status)
      assert.equal(done.counts.imported, 0)
      assert.deepEqual(await balances(user), { checking: 0 })
      if (done.status === 'failed') assert.isNotEmpty(done.error!.detail)
      if (code) assert.deepInclude([done.status, done.error?.code], code)
    })
})
