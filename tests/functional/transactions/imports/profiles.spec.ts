import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { balances, household, open } from '#tests/support/household'
import { importFile, upload } from '#tests/support/imports'
import { resourceContract } from '#tests/support/resource_contract'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/imports/profiles'
const CSV = 'When;Who;How much\n02/03/2026;Shop;-1.00\n'
const MAPPING = {
  bookedOn: 'When',
  payee: 'Who',
  amount: 'How much',
  dateFormat: 'DD/MM/YYYY',
}
const saving = { mapping: MAPPING, fields: { saveProfile: 'true' } }

resourceContract({
  name: 'Import profiles',
  path: PATH,
  valid: async (user) => {
    const { id: accountId } = await open(user, 'Checking')
    const headers = ['When', 'Who', 'How much']
    return { accountId, name: 'My bank', format: 'csv', headers, mapping: MAPPING }
  },
  invalid: [
    { change: { accountId: 'x' }, field: 'accountId' },
    { change: { name: '' }, field: 'name' },
    { change: { format: 'xlsx' }, field: 'format' },
    { change: { headers: [] }, field: 'headers' },
    { change: { mapping: { decimal: '·' } }, field: 'mapping.decimal' },
    { change: { mapping: { userId: 'x' } }, field: 'mapping.userId' },
  ],
  change: { name: 'Another', mapping: { ...MAPPING, decimal: ',' } },
})

async function profiles(client: ApiClient, user: User) {
  const response = await client.get(PATH).loginAs(user)
  return response.body().data
}

test.group('Import profiles', () => {
  test('are kept when asked', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, CSV, { mapping: MAPPING })
    const before = await profiles(client, user)

    const done = await importFile(client, user, checking, CSV, { ...saving, name: 'May.csv' })

    const [profile] = await profiles(client, user)
    assert.lengthOf(before, 0)
    assert.equal(done.profileId, profile.id)
    assert.containsSubset(profile, {
      accountId: checking.id,
      name: 'May.csv',
      format: 'csv',
      headers: ['When', 'Who', 'How much'],
      mapping: MAPPING,
    })
  })

  test('are recognised by the header', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { profileId } = await importFile(client, user, checking, CSV, saving)
    const next = 'My statement\n\n"WHEN","Who","How much"\n04/05/2026,Bar,-2.00\n'

    const done = await importFile(client, user, checking, next)

    assert.containsSubset(done, { status: 'completed', profileId, counts: { imported: 1 } })
    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.equal(listed.body().data[0].bookedOn, '2026-05-04')
  })

  test('are refreshed by another mapping', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { profileId } = await importFile(client, user, checking, CSV, saving)
    const mapping = { ...MAPPING, dateFormat: 'MM/DD/YYYY' }

    await importFile(client, user, checking, CSV, { ...saving, mapping })

    const kept = await profiles(client, user)
    assert.containsSubset(kept, [{ id: profileId, mapping }])
    assert.lengthOf(kept, 1)
  })

  test('serve their account alone', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const { profileId } = await importFile(client, user, checking, CSV, saving)

    const unknown = await importFile(client, user, savings, CSV)
    const named = await importFile(client, user, savings, CSV, {
      fields: { profileId: String(profileId) },
    })

    assert.equal(unknown.status, 'failed')
    assert.containsSubset(named, { status: 'completed', profileId })
    assert.deepEqual(await balances(user), { checking: -1_00, savings: -1_00 })
  })

  test('are not kept by {title}')
    .with([
      { title: 'a dry run', csv: CSV, dryRun: true },
      { title: 'a failed import', csv: 'When;Who\n1;2\n', dryRun: false },
    ])
    .run(async ({ client, assert }, { csv, dryRun }) => {
      const { user, checking } = await household({ checking: 0 })

      await importFile(client, user, checking, csv, { ...saving, dryRun })

      assert.deepEqual(await profiles(client, user), [])
    })

  test('remember how a QIF writes days', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const qif = '!Type:Bank\nD2/3/2026\nT-1.00\nPShop\n^\n'
    const mapping = { dateFormat: 'DD/MM/YYYY' }
    const { profileId } = await importFile(client, user, checking, qif, { ...saving, mapping })

    const again = await importFile(client, user, checking, qif)

    assert.containsSubset(again, { profileId, counts: { duplicates: 1, rejected: 0 } })
  })

  test('exist once a header', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    const body = { accountId: checking.id, name: 'A', headers: ['a', 'b'], mapping: {} }
    await client.post(PATH).loginAs(user).json(body)

    const again = await client.post(PATH).loginAs(user).json(body)

    again.assertStatus(409)
  })

  test('stand beside no mapping', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { profileId } = await importFile(client, user, checking, CSV, saving)

    const both = await upload(client, user, checking, CSV, {
      mapping: MAPPING,
      fields: { profileId: String(profileId) },
    })

    both.assertStatus(422)
    assert.equal(both.body().errors[0].field, 'profileId')
  })
})
