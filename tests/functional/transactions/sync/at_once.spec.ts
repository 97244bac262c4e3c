import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import * as fc from 'fast-check'
import { tenant } from '#core/database/tenant'
import { Follower, ledgerOf } from '#tests/support/follower'
import {
  household,
  record,
  transfer,
  unconditionally as precondition,
} from '#tests/support/household'
import AmendTransaction from '#transactions/actions/amend_transaction'
import DeleteTransaction from '#transactions/actions/delete_transaction'

type Household = Awaited<ReturnType<typeof household<'checking' | 'savings'>>>

const step = fc.record({
  do: fc.constantFrom('record', 'record', 'transfer', 'amend', 'amend', 'delete'),
  row: fc.nat({ max: 30 }),
  amount: fc.integer({ min: -500, max: -1 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const writer = fc.array(step, { minLength: 4, maxLength: 12 })

/** What meets a row that another writer has just removed is refused; that is no failure. */
async function write({ user, checking, savings }: Household, { do: what, row, amount }: Step) {
  if (what === 'record') return record(user, { accountId: checking.id, amount })
  if (what === 'transfer') return transfer(user, checking, savings, -amount)
  const ids = await tenant.transaction(user.id, (trx) => trx.from('transactions').select('id'))
  if (ids.length === 0) return
  const { id } = ids[row % ids.length]
  const attempt =
    what === 'delete'
      ? new DeleteTransaction().handle({ actor: user, id, precondition })
      : new AmendTransaction().handle({
          actor: user,
          id,
          changes: { payee: `Payee ${amount}` },
          precondition,
        })
  await attempt.catch((error) => {
    if (error.status !== 404) throw error
  })
}

/** Follows while the writers write, and then to the end. */
async function followed(client: ApiClient, home: Household, writers: Step[][], limit: number) {
  const follower = new Follower(client, home.user)
  let areWriting = true
  const written = Promise.all(
    writers.map(async (steps) => {
      for (const each of steps) await write(home, each)
    })
  ).finally(() => (areWriting = false))
  while (areWriting) await follower.turn(limit)
  await written
  await follower.catchUp(limit)
  return follower.rows
}

test.group('Sync / at once', () => {
  test('ends with exactly the ledger', async ({ client, assert }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(writer, { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        async (writers, limit) => {
          const home = await household({ checking: 0, savings: 0 })
          for (let n = 0; n < 5; n++) await write(home, { do: 'record', row: 0, amount: -1 })

          const rows = await followed(client, home, writers, limit)

          assert.deepEqual(rows, await ledgerOf(client, home.user))
        }
      ),
      { numRuns: 10, endOnFailure: true }
    )
  }).timeout(60_000)

  test('tells what changes while it pages again', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [first, second, third] = [
      await record(user, { accountId: checking.id, amount: -1 }),
      await record(user, { accountId: checking.id, amount: -2 }),
      await record(user, { accountId: checking.id, amount: -3 }),
    ]
    const follower = new Follower(client, user)
    await follower.turn(2)

    const changes = { payee: 'Changed meanwhile' }
    await new AmendTransaction().handle({ actor: user, id: first.id, changes, precondition })
    await new DeleteTransaction().handle({ actor: user, id: second.id, precondition })

    const pages = await follower.catchUp(2)
    const told = pages.flatMap((page) => [...page.added, ...page.removed].map(({ id }) => id))
    assert.deepEqual(told, [third.id, first.id, second.id])
    assert.deepEqual(follower.rows, await ledgerOf(client, user))
  })

  test('passes over nothing that commits late', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const follower = new Follower(client, user)
    await follower.catchUp()
    const [isWritten, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]

    const slow = tenant.ledger(user.id, async (trx) => {
      await trx.insertQuery().table('transactions').insert({
        user_id: user.id,
        id: '01900000-0000-7000-8000-000000000001',
        account_id: checking.id,
        kind: 'expense',
        amount_minor: -1,
        currency: 'EUR',
        booked_on: '2026-01-01',
        payee: 'Slow',
      })
      isWritten.resolve()
      await mayCommit.promise
    })
    await isWritten.promise
    const quick = record(user, { accountId: checking.id, amount: -2 })
    const meanwhile = await follower.turn()
    mayCommit.resolve()
    await Promise.all([slow, quick])
    const after = await follower.turn()

    assert.isEmpty(meanwhile.added)
    assert.lengthOf(after.added, 2)
    assert.deepEqual(follower.rows, await ledgerOf(client, user))
  })
})
