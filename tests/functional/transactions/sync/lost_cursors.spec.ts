import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import { system } from '#core/database/system'
import { Follower } from '#tests/support/follower'
import {
  household,
  newcomer,
  record,
  unconditionally as precondition,
} from '#tests/support/household'
import { importFile, revert } from '#tests/support/imports'
import { age } from '#tests/support/tombstones'
import ForgetTombstones from '#transactions/actions/forget_tombstones'
import DeleteTransaction from '#transactions/actions/delete_transaction'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/sync'

const encoded = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')

function ask(client: ApiClient, user: User, cursor: string) {
  return client.get(PATH).qs({ cursor }).loginAs(user)
}

async function remove(user: User, booking: { accountId: string; externalId?: string }) {
  const { id } = await record(user, { amount: -1, ...booking })
  await new DeleteTransaction().handle({ actor: user, id, precondition })
  return id
}

const tombstones = (user: User) =>
  system.transaction((trx) => trx.from('transaction_tombstones').where('user_id', user.id))

test.group('Sync / lost cursors', () => {
  test('are refused: {title}')
    .with([
      { title: 'made up', cursor: () => 'abc' },
      { title: 'empty', cursor: () => '' },
      { title: 'of another form', cursor: (id: string) => encoded(2, id, 1, 1, 1, id) },
      { title: 'with text for a version', cursor: (id: string) => encoded(1, id, 1, 1, '1', id) },
      { title: 'with SQL in it', cursor: (id: string) => encoded(1, id, 1, 1, 1, "'; DROP TABLE") },
      { title: 'with an unsafe number', cursor: (id: string) => encoded(1, id, 1e300, 1, 1, id) },
      {
        title: 'too long',
        cursor: (id: string) => encoded(1, id, 1, 1, 1, id, 'x'.repeat(5e3)),
      },
      { title: 'of nobody', cursor: () => encoded(1, randomUUIDv7(), 0, 0, 0, randomUUIDv7()) },
    ])
    .run(async ({ client, assert }, { cursor }) => {
      const user = await newcomer()

      const response = await ask(client, user, cursor(user.id))

      response.assertStatus(410)
      assert.equal(response.body().code, 'CursorExpired')
    })

  test("are refused: another user's", async ({ client }) => {
    const [owner, stranger] = [await newcomer(), await newcomer()]
    const follower = new Follower(client, owner)
    await follower.turn()

    const response = await ask(client, stranger, follower.cursor!)

    response.assertStatus(410)
  })

  test('are refused after a restored backup', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })
    const follower = new Follower(client, user)
    await follower.catchUp()
    await system.transaction((trx) =>
      trx.rawQuery('UPDATE users SET ledger_version = ledger_version - 1 WHERE id = ?', [user.id])
    )

    const response = await ask(client, user, follower.cursor!)

    response.assertStatus(410)
  })

  test('are refused after too long', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const away = new Follower(client, user)
    await away.catchUp()
    const { id } = await importFile(
      client,
      user,
      checking,
      'date,payee,amount\n2026-01-01,Shop,-1\n'
    )
    await revert(client, user, id)
    const current = new Follower(client, user)
    await current.catchUp()
    await age(user, 91)

    await new ForgetTombstones().handle()

    const lost = await ask(client, user, away.cursor!)
    const kept = await ask(client, user, current.cursor!)
    const fresh = await client.get(PATH).loginAs(user)
    lost.assertStatus(410)
    kept.assertStatus(200)
    fresh.assertStatus(200)
    assert.isEmpty(await tombstones(user))
  })

  test('are good for their time', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const follower = new Follower(client, user)
    await follower.catchUp()
    const id = await remove(user, { accountId: checking.id })
    await age(user, 89)

    await new ForgetTombstones().handle()

    const page = await follower.turn()
    assert.deepEqual(page.removed, [{ id }])
  })

  test('are good where nothing is forgotten: {title}')
    .with([
      { title: 'an identity', booking: { externalId: 'B1' } },
      { title: 'an id that exports carry', booking: {} },
    ])
    .run(async ({ client, assert }, { booking }) => {
      const { user, checking } = await household({ checking: 0 })
      const follower = new Follower(client, user)
      await follower.catchUp()
      const id = await remove(user, { accountId: checking.id, ...booking })
      await age(user, 400)

      await new ForgetTombstones().handle()

      const page = await follower.turn()
      assert.deepEqual(page.removed, [{ id }])
      assert.lengthOf(await tombstones(user), 1)
    })

  test('ask for a sign-in', async ({ client }) => {
    const response = await client.get(PATH)

    response.assertStatus(401)
  })

  test('come with no page of {limit}')
    .with([{ limit: 0 }, { limit: 501 }, { limit: 'many' }])
    .run(async ({ client, assert }, { limit }) => {
      const response = await client
        .get(PATH)
        .qs({ limit })
        .loginAs(await newcomer())

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'limit')
    })
})
