import { test } from '@japa/runner'
import { household, open, record } from '#tests/support/household'
import { resourceContract } from '#tests/support/resource_contract'

const PATH = '/api/v1/wallet/accounts'

resourceContract({
  name: 'Accounts',
  path: PATH,
  valid: async () => ({ name: 'Holiday', type: 'savings', currency: 'JPY', openingBalance: -5 }),
  invalid: [
    { change: { name: ' ' }, field: 'name' },
    { change: { name: 'a\u0007b' }, field: 'name' },
    { change: { type: 'piggy' }, field: 'type' },
    { change: { currency: 'eur' }, field: 'currency' },
    { change: { currency: 'XYZ' }, field: 'currency' },
    { change: { openingBalance: 1.5 }, field: 'openingBalance' },
    { change: { openingBalance: '100' }, field: 'openingBalance' },
  ],
  change: { name: 'Rainy day', openingBalance: 10 },
})

test.group('Accounts', () => {
  test("open in the user's currency", async ({ client, assert }) => {
    const { user } = await household({}, { currency: 'CHF' })

    const response = await client.post(PATH).loginAs(user).json({ name: 'Cash', type: 'cash' })

    assert.containsSubset(response.body(), {
      currency: 'CHF',
      openingBalance: 0,
      balance: 0,
      archivedAt: null,
    })
  })

  test('show what is on them', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 100_00 })
    await record(user, { accountId: checking.id, amount: -25_50 })
    await record(user, { accountId: checking.id, amount: 5_00, bookedOn: '2031-12-31' })

    const response = await client.get(`${PATH}/${checking.id}`).loginAs(user)

    assert.equal(response.body().openingBalance, 100_00)
    assert.equal(response.body().balance, 79_50)
  })

  test('change their tag with their balance', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const seen = await client.get(`${PATH}/${checking.id}`).loginAs(user)
    await record(user, { accountId: checking.id, amount: 1 })

    const stale = await client
      .patch(`${PATH}/${checking.id}`)
      .loginAs(user)
      .header('if-match', seen.header('etag')!)
      .json({ name: 'Other' })

    stale.assertStatus(412)
    const now = await client.get(`${PATH}/${checking.id}`).loginAs(user)
    assert.equal(now.body().name, 'checking')
  })

  test('are put away and taken back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0, savings: 0 })
    const archive = (archived: boolean) =>
      client.patch(`${PATH}/${checking.id}`).loginAs(user).json({ archived })
    const names = async (archived: string) => {
      const response = await client.get(PATH).qs({ archived }).loginAs(user)
      return response.body().data.map(({ name }: { name: string }) => name)
    }

    const away = await archive(true)
    const [archived, inUse] = [await names('true'), await names('false')]
    const back = await archive(false)

    assert.isString(away.body().archivedAt)
    assert.deepEqual(archived, ['checking'])
    assert.deepEqual(inUse, ['savings'])
    assert.isNull(back.body().archivedAt)
  })

  test('stay while something is booked', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: 1 })

    const response = await client.delete(`${PATH}/${checking.id}`).loginAs(user)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Conflict')
    const still = await client.get(`${PATH}/${checking.id}`).loginAs(user)
    still.assertStatus(200)
  })

  test('keep their currency', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const response = await client
      .patch(`${PATH}/${checking.id}`)
      .loginAs(user)
      .json({ currency: 'USD' })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'currency')
  })

  test('come in pages, each once', async ({ client, assert }) => {
    const { user } = await household({})
    const opened = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) opened.push(await open(user, name))
    const seen: string[] = []

    let query: { limit: number; cursor?: string } = { limit: 2 }
    do {
      const page = await client.get(PATH).qs(query).loginAs(user)
      seen.push(...page.body().data.map(({ id }: { id: string }) => id))
      query = { limit: 2, cursor: page.body().meta.nextCursor }
    } while (query.cursor)

    assert.deepEqual(
      seen,
      opened.map(({ id }) => id)
    )
  })
})
