import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { newcomer } from '#tests/support/household'
import { estateOf, everythingOf, idsFor, isOwned } from '#tests/support/sweep/estate'
import { operations, writes, type Operation } from '#tests/support/sweep/operations'
import {
  askerOf,
  requestOf,
  said,
  slotsOf,
  takesIds,
  type Slot,
} from '#tests/support/sweep/requests'
import User from '#users/models/user'

/** What nobody may say of themselves. */
const UNASSIGNABLE = {
  role: 'ADMIN',
  userId: randomUUIDv7(),
  balance: 1_000_000,
  emailVerified: true,
  id: randomUUIDv7(),
}

/** Operations on what has an id, signed in. */
const referring = operations.filter((operation) => !operation.isPublic && takesIds(operation))

const named = (list: Operation[]) => list.map((operation) => ({ name: operation.name, operation }))

function eachWith(slots: Slot[], idOf: (slot: Slot) => string) {
  return Object.fromEntries(slots.map((slot) => [slot.name, idOf(slot)]))
}

test.group("Tenant sweep / another's ids", () => {
  test('knows every operation there is', ({ assert }) => {
    assert.isAbove(operations.length, 30)
    assert.isAbove(referring.length, 20)
  })

  test('refuses an id of a kind it has never heard of', ({ assert }) => {
    const operation: Operation = {
      name: 'GET /api/v1/gizmos/{id}',
      method: 'get',
      path: '/api/v1/gizmos/{id}',
      isPublic: false,
      parameters: [{ name: 'id', in: 'path', schema: { type: 'string', format: 'uuid' } }],
    }

    assert.isTrue(takesIds(operation))
    assert.throws(() => slotsOf(operation), /estate.ts doesn't know what .*gizmos/)
  })

  test('{name}')
    .with(named(referring))
    .run(async ({ client, assert }, { operation }) => {
      const [asker, owner] = [await newcomer(), await newcomer()]
      const slots = slotsOf(operation)
      const owned = slots.filter(({ kind }) => isOwned(kind))
      const mine = await idsFor(operation.name, slots, client, asker)
      const theirs = await estateOf(client, owner)
      const before = await everythingOf(owner)
      const ask = askerOf(client, operation, asker)
      const answers = async (changed: Slot[]) => {
        const others = eachWith(changed, ({ kind }) => theirs[kind])
        const nobodys = eachWith(changed, () => randomUUIDv7())
        const known = [mine, others, nobodys].flatMap((ids) => Object.values(ids))
        const [asked, unknown] = [
          { ...mine, ...others },
          { ...mine, ...nobodys },
        ]
        return [said(await ask(asked), known), said(await ask(unknown), known)]
      }

      for (const changed of owned.length > 0 ? [...owned.map((slot) => [slot]), owned] : []) {
        const [others, nobodys] = await answers(changed)
        const places = changed.map(({ name }) => name).join(' and ')
        assert.equal(others, nobodys, places)
        if (operation.method !== 'get') assert.match(others, /^4/, places)
      }

      assert.equal(await everythingOf(owner), before)
      const own = await ask(mine)
      assert.match(said(own, []), /^2/, 'with ids of their own')
    })

  test("lists nothing of another's", async ({ client, assert }) => {
    const [asker, owner] = [await newcomer(), await newcomer()]
    const theirs = Object.values(await estateOf(client, owner))
    await estateOf(client, asker)
    const lists = operations.filter(
      ({ method, path, isPublic, isEndless }) =>
        method === 'get' && !isPublic && !isEndless && !path.includes('{')
    )

    for (const operation of lists) {
      const response = await requestOf(client, operation, {}).loginAs(asker)

      assert.match(String(response.status()), /^2/, operation.name)
      for (const id of theirs) assert.notInclude(response.text() ?? '', id, operation.name)
    }
  })
})

test.group('Tenant sweep / extra fields', () => {
  test('{name}')
    .with(named(writes.filter(({ body }) => body)))
    .run(async ({ client, assert }, { operation }) => {
      const user = await newcomer()
      const slots = operation.isPublic ? [] : slotsOf(operation)
      const ids = await idsFor(operation.name, slots, client, user)
      const before = await everythingOf(user, { but: ['sessions', 'misses'] })

      for (const [field, value] of Object.entries(UNASSIGNABLE)) {
        const request = requestOf(client, operation, ids, { [field]: value })
        const response = operation.isPublic ? await request : await request.loginAs(user)

        response.assertStatus(422)
        const refused = response
          .body()
          .errors.map((error: { field: string; rule: string }) => [
            error.field.replace(/^\d+\./, ''),
            error.rule,
          ])
        assert.deepInclude(refused, [field, 'unknown'])
      }
      assert.equal(await everythingOf(user, { but: ['sessions', 'misses'] }), before)
    })

  test('assign nothing where no body is read: {name}')
    .with(named(writes.filter(({ body }) => !body)))
    .run(async ({ client, assert }, { operation }) => {
      const user = await newcomer()
      const ids = await idsFor(operation.name, slotsOf(operation), client, user)

      await requestOf(client, operation, ids, UNASSIGNABLE).loginAs(user)

      const after = await tenant.transaction(user.id, (trx) =>
        User.findOrFail(user.id, { client: trx })
      )
      assert.deepEqual([after.id, after.role, after.emailVerifiedAt], [user.id, 'USER', null])
    })
})
