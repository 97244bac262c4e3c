import type { ApiClient } from '@japa/api-client'
import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { categoryOf, household, newcomer, record, split } from '#tests/support/household'
import { resourceContract } from '#tests/support/resource_contract'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/categories'

resourceContract({
  name: 'Categories',
  path: PATH,
  valid: async () => ({ name: 'Pets', kind: 'expense', color: '#00ff00', icon: 'paw' }),
  invalid: [
    { change: { name: '' }, field: 'name' },
    { change: { kind: 'transfer' }, field: 'kind' },
    { change: { color: 'red' }, field: 'color' },
    { change: { icon: '<svg>' }, field: 'icon' },
    { change: { parentId: 'x' }, field: 'parentId' },
    { change: { parentId: randomUUIDv7() }, field: 'parentId' },
  ],
  change: { name: 'Animals', color: null },
})

async function make(client: ApiClient, user: User, name: string, parentId?: string) {
  const response = await client
    .post(PATH)
    .loginAs(user)
    .json({ name, kind: 'expense', ...(parentId && { parentId }) })
  response.assertStatus(201)
  return response.body().id as string
}

async function parentOf(client: ApiClient, user: User, id: string) {
  const response = await client.get(`${PATH}/${id}`).loginAs(user)
  return response.body().parentId as string | null
}

test.group('Categories / tree', () => {
  test('grows and moves', async ({ client, assert }) => {
    const user = await newcomer()
    const root = await make(client, user, 'root')
    const child = await make(client, user, 'child', root)
    const leaf = await make(client, user, 'leaf', child)
    const move = (parentId: string | null) =>
      client.patch(`${PATH}/${leaf}`).loginAs(user).json({ parentId })

    const up = await move(root)
    const out = await move(null)

    assert.equal(up.body().parentId, root)
    assert.isNull(out.body().parentId)
  })

  test('refuses a circle', async ({ client, assert }) => {
    const user = await newcomer()
    const root = await make(client, user, 'root')
    const child = await make(client, user, 'child', root)
    const leaf = await make(client, user, 'leaf', child)
    const move = (id: string, parentId: string) =>
      client.patch(`${PATH}/${id}`).loginAs(user).json({ parentId })

    const responses = [await move(root, leaf), await move(root, child), await move(root, root)]

    assert.deepEqual(
      responses.map((response) => [response.status(), response.body().errors[0].field]),
      responses.map(() => [422, 'parentId'])
    )
    assert.isNull(await parentOf(client, user, root))
  })

  test('refuses a circle of two moves at once', async ({ client, assert }) => {
    const user = await newcomer()
    const [a, b] = [await make(client, user, 'a'), await make(client, user, 'b')]
    const move = (id: string, parentId: string) =>
      client.patch(`${PATH}/${id}`).loginAs(user).json({ parentId })

    const responses = await Promise.all([move(a, b), move(b, a)])

    assert.sameMembers(
      responses.map((response) => response.status()),
      [200, 422]
    )
  })

  test('keeps kinds apart', async ({ client, assert }) => {
    const user = await newcomer()
    const { id: parentId } = await categoryOf(user, 'Salary')

    const response = await client
      .post(PATH)
      .loginAs(user)
      .json({ name: 'Bonus', kind: 'expense', parentId })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'parentId')
  })

  test("takes no parent of another's", async ({ client, assert }) => {
    const [user, neighbour] = [await newcomer(), await newcomer()]
    const { id: parentId } = await categoryOf(neighbour, 'Dining')

    const response = await client
      .post(PATH)
      .loginAs(user)
      .json({ name: 'Mine', kind: 'expense', parentId })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'parentId')
  })

  test('lists one kind', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.get(PATH).qs({ kind: 'income' }).loginAs(user)

    const kinds = response.body().data.map(({ kind }: { kind: string }) => kind)
    assert.isNotEmpty(kinds)
    assert.deepEqual([...new Set(kinds)], ['income'])
  })
})

test.group('Categories / deletion', () => {
  async function booked(client: ApiClient) {
    const { user, checking } = await household({ checking: 0 })
    const root = await make(client, user, 'root')
    const doomed = await make(client, user, 'doomed', root)
    const leaf = await make(client, user, 'leaf', doomed)
    const heir = await categoryOf(user, 'Gifts')
    const plain = await record(user, { accountId: checking.id, amount: -5, categoryId: doomed })
    const divided = await record(user, { accountId: checking.id, amount: -9 })
    await split(user, divided, [[{ id: doomed } as typeof heir, -9]])
    const categories = async () => {
      const shown = [plain, divided].map(({ id }) =>
        client.get(`/api/v1/transactions/${id}`).loginAs(user)
      )
      const [one, two] = await Promise.all(shown)
      return [one.body().category?.id ?? null, two.body().splits[0].categoryId]
    }
    return { user, root, doomed, leaf, heir, categories }
  }

  test('leaves bookings without a category', async ({ client, assert }) => {
    const { user, root, doomed, leaf, categories } = await booked(client)

    const response = await client.delete(`${PATH}/${doomed}`).loginAs(user)

    response.assertStatus(204)
    assert.deepEqual(await categories(), [null, null])
    assert.equal(await parentOf(client, user, leaf), root)
  })

  test('hands bookings to another', async ({ client, assert }) => {
    const { user, doomed, heir, categories } = await booked(client)

    const response = await client.delete(`${PATH}/${doomed}`).qs({ moveTo: heir.id }).loginAs(user)

    response.assertStatus(204)
    assert.deepEqual(await categories(), [heir.id, heir.id])
    const summary = await client.get('/api/v1/wallet/summary').loginAs(user)
    assert.containsSubset(summary.body().topCategories, [{ categoryId: heir.id, amount: 14 }])
  })

  test('refuses {title} as heir')
    .with([{ title: 'itself' }, { title: 'nobody' }, { title: 'a stranger' }, { title: 'no id' }])
    .run(async ({ client, assert }, { title }) => {
      const { user, doomed, categories } = await booked(client)
      const theirs = await categoryOf(await newcomer(), 'Gifts')
      const heirs: Record<string, string> = {
        'itself': doomed,
        'nobody': randomUUIDv7(),
        'a stranger': theirs.id,
        'no id': 'Gifts',
      }

      const response = await client
        .delete(`${PATH}/${doomed}`)
        .qs({ moveTo: heirs[title] })
        .loginAs(user)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'moveTo')
      assert.deepEqual(await categories(), [doomed, doomed])
    })
})
