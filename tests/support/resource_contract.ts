import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { newcomer } from '#tests/support/household'
import type User from '#users/models/user'

interface Resource {
  /** Of the group: `Accounts`. */
  name: string
  path: string
  /** A body that makes one, for this user. */
  valid: (user: User) => Promise<object>
  /** What is wrong with a body, and the field that is to be named. */
  invalid: { change: object; field: string }[]
  /** A change of one that exists. */
  change: object
  /** Fields of one that is new, and of no other. */
  shownOnce?: string[]
}

/**
 * What every resource promises: it works for its owner, refuses what is invalid,
 * hides what is somebody else's, asks for a sign-in, loses no update and makes
 * nothing twice.
 */
export function resourceContract(resource: Resource) {
  const { name, path, valid, invalid, change, shownOnce = [] } = resource
  const lasting = (body: object) =>
    Object.fromEntries(Object.entries(body).filter(([field]) => !shownOnce.includes(field)))

  test.group(`${name} / contract`, () => {
    test('makes, shows, changes and deletes', async ({ client, assert }) => {
      const user = await newcomer()
      const body = await valid(user)

      const made = await client.post(path).loginAs(user).json(body)
      const one = `${path}/${made.body().id}`
      const shown = await client.get(one).loginAs(user)
      const changed = await client.patch(one).loginAs(user).json(change)
      const listed = await client.get(path).qs({ limit: 200 }).loginAs(user)
      const deleted = await client.delete(one).loginAs(user)
      const gone = await client.get(one).loginAs(user)

      made.assertStatus(201)
      made.assertBodyContains(body)
      assert.containsSubset(Object.keys(made.body()), shownOnce)
      assert.deepEqual(shown.body(), lasting(made.body()))
      changed.assertStatus(200)
      changed.assertBodyContains(change)
      assert.deepInclude(listed.body().data, changed.body())
      deleted.assertStatus(204)
      gone.assertStatus(404)
    })

    test('refuses {field}, given {$i}')
      .with(invalid)
      .run(async ({ client, assert }, { change: wrong, field }) => {
        const user = await newcomer()

        const response = await client
          .post(path)
          .loginAs(user)
          .json({ ...(await valid(user)), ...wrong })

        response.assertStatus(422)
        assert.include(
          response.body().errors.map((error: { field: string }) => error.field),
          field
        )
      })

    test('refuses unknown fields', async ({ client, assert }) => {
      const user = await newcomer()
      const made = await client
        .post(path)
        .loginAs(user)
        .json(await valid(user))

      const stored = await client
        .post(path)
        .loginAs(user)
        .json({ ...(await valid(user)), userId: randomUUIDv7() })
      const changed = await client
        .patch(`${path}/${made.body().id}`)
        .loginAs(user)
        .json({ role: 'ADMIN' })

      stored.assertStatus(422)
      assert.equal(stored.body().errors[0].field, 'userId')
      changed.assertStatus(422)
      assert.equal(changed.body().errors[0].field, 'role')
    })

    test("hides another user's", async ({ client, assert }) => {
      const [owner, stranger] = [await newcomer(), await newcomer()]
      const made = await client
        .post(path)
        .loginAs(owner)
        .json(await valid(owner))
      const [theirs, nobodys] = [made.body().id, randomUUIDv7()]
      const ask = async (id: string) => [
        await client.get(`${path}/${id}`).loginAs(stranger),
        await client.patch(`${path}/${id}`).loginAs(stranger).json(change),
        await client.delete(`${path}/${id}`).loginAs(stranger),
      ]

      const [refused, unknown] = [await ask(theirs), await ask(nobodys)]
      const listed = await client.get(path).qs({ limit: 200 }).loginAs(stranger)
      const after = await client.get(`${path}/${theirs}`).loginAs(owner)

      assert.deepEqual(
        refused.map((response) => response.status()),
        [404, 404, 404]
      )
      assert.deepEqual(refused.map(withoutTrace(theirs)), unknown.map(withoutTrace(nobodys)))
      assert.notInclude(listed.text(), theirs)
      assert.deepEqual(after.body(), lasting(made.body()))
    })

    test('asks for a sign-in', async ({ client, assert }) => {
      const one = `${path}/${randomUUIDv7()}`

      const responses = [
        await client.get(path),
        await client.post(path).json({}),
        await client.get(one),
        await client.patch(one).json(change),
        await client.delete(one),
      ]

      assert.deepEqual(
        responses.map((response) => [response.status(), response.body().code]),
        responses.map(() => [401, 'Unauthenticated'])
      )
    })

    test('loses no update unnoticed', async ({ client, assert }) => {
      const user = await newcomer()
      const made = await client
        .post(path)
        .loginAs(user)
        .json(await valid(user))
      const one = `${path}/${made.body().id}`
      const seen = made.header('etag')!

      const first = await client.patch(one).loginAs(user).header('if-match', seen).json(change)
      const second = await client.patch(one).loginAs(user).header('if-match', seen).json(change)
      const removal = await client.delete(one).loginAs(user).header('if-match', seen)

      first.assertStatus(200)
      assert.notEqual(first.header('etag'), seen)
      second.assertStatus(412)
      assert.equal(second.body().code, 'PreconditionFailed')
      removal.assertStatus(412)
    })

    test('sends nothing that is known', async ({ client, assert }) => {
      const user = await newcomer()
      const made = await client
        .post(path)
        .loginAs(user)
        .json(await valid(user))

      const response = await client
        .get(`${path}/${made.body().id}`)
        .loginAs(user)
        .header('if-none-match', made.header('etag')!)

      response.assertStatus(304)
      assert.isEmpty(response.text() ?? '')
    })

    test('makes nothing twice', async ({ client, assert }) => {
      const user = await newcomer()
      const body = await valid(user)
      const post = (json: object) =>
        client.post(path).loginAs(user).header('idempotency-key', 'once').json(json)
      const before = await client.get(path).qs({ limit: 200 }).loginAs(user)

      const [first, again] = [await post(body), await post(body)]
      const other = await post({ ...body, ...change })
      const after = await client.get(path).qs({ limit: 200 }).loginAs(user)

      again.assertStatus(201)
      assert.equal(again.header('idempotency-replayed'), 'true')
      assert.deepEqual(again.body(), first.body())
      assert.equal(again.header('etag'), first.header('etag'))
      other.assertStatus(422)
      assert.equal(other.body().code, 'IdempotencyKeyReused')
      assert.lengthOf(after.body().data, before.body().data.length + 1)
    })
  })
}

/** A problem without what differs between any two requests. */
function withoutTrace(id: string) {
  return (response: { text(): string; body(): { requestId: string } }) =>
    response.text().replaceAll(response.body().requestId, '').replaceAll(id, '')
}
