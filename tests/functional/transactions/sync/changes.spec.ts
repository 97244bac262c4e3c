import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { Follower, ledgerOf, type Page } from '#tests/support/follower'
import {
  categoryOf,
  household,
  newcomer,
  record,
  split,
  transfer,
  unconditionally as precondition,
} from '#tests/support/household'
import { importFile, revert } from '#tests/support/imports'
import AmendTransaction from '#transactions/actions/amend_transaction'
import ChangeCategory from '#transactions/actions/change_category'
import DeleteCategory from '#transactions/actions/delete_category'
import DeleteTransaction from '#transactions/actions/delete_transaction'

const STATEMENT = 'date,payee,amount\n2026-01-01,Shop,-1.00\n2026-01-02,Bar,-2.00\n'

/** The ids a page tells of, by what happened to them. */
function told({ added, modified, removed }: Page) {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  return { added: ids(added), modified: ids(modified), removed: ids(removed) }
}

test.group('Sync / changes', () => {
  test('tells everything at first', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const gone = await record(user, { accountId: checking.id, amount: -1 })
    await new DeleteTransaction().handle({ actor: user, id: gone.id, precondition })
    await record(user, { accountId: checking.id, amount: -2, tags: ['work'] })
    await transfer(user, checking, savings, 3)
    const follower = new Follower(client, user)

    const page = await follower.turn()

    assert.deepEqual(follower.rows, await ledgerOf(client, user))
    assert.lengthOf(page.added, 3)
    assert.containsSubset(page, { modified: [], removed: [], hasMore: false })
  })

  test('tells nothing of an empty ledger', async ({ client, assert }) => {
    const follower = new Follower(client, await newcomer())

    const [first, second] = [await follower.turn(), await follower.turn()]

    assert.deepEqual(told(first), { added: [], modified: [], removed: [] })
    assert.deepEqual(second, { ...first, nextCursor: second.nextCursor })
  })

  test('tells what is new, changed and gone', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const book = (amount: number) => record(user, { accountId: checking.id, amount })
    const [kept, changed, deleted] = [await book(-1), await book(-2), await book(-3)]
    const follower = new Follower(client, user)
    await follower.catchUp()

    const fresh = await book(-4)
    const changes = { payee: 'Another' }
    await new AmendTransaction().handle({ actor: user, id: changed.id, changes, precondition })
    await new DeleteTransaction().handle({ actor: user, id: deleted.id, precondition })

    const page = await follower.turn()
    assert.deepEqual(told(page), {
      added: [fresh.id],
      modified: [changed.id],
      removed: [deleted.id],
    })
    assert.deepEqual(follower.rows, await ledgerOf(client, user))
    assert.isTrue(follower.rows.has(kept.id))
  })

  test('calls what changed since it was added new', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const follower = new Follower(client, user)
    await follower.catchUp()
    const { id } = await record(user, { accountId: checking.id, amount: -1 })
    const changes = { amount: -2 }
    await new AmendTransaction().handle({ actor: user, id, changes, precondition })

    const page = await follower.turn()

    assert.deepEqual(told(page), { added: [id], modified: [], removed: [] })
  })

  test('pages in the order of changes', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const made = []
    for (let n = 1; n <= 7; n++) {
      const { id } = await record(user, { accountId: checking.id, amount: -n })
      made.push(id)
    }
    const follower = new Follower(client, user)

    const pages = await follower.catchUp(3)

    assert.deepEqual(
      pages.map(({ added }) => added.map(({ id }) => id)),
      [made.slice(0, 3), made.slice(3, 6), made.slice(6)]
    )
    assert.deepEqual(
      pages.map(({ hasMore }) => hasMore),
      [true, true, false]
    )
  })

  test('tells both legs of a transfer', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const follower = new Follower(client, user)
    await follower.catchUp()

    const { from, to } = await transfer(user, checking, savings, 5)
    const booked = await follower.turn()
    const changes = { bookedOn: '2026-02-01' }
    await new AmendTransaction().handle({ actor: user, id: from.id, changes, precondition })
    const moved = await follower.turn()
    await new DeleteTransaction().handle({ actor: user, id: to.id, precondition })
    const deleted = await follower.turn()

    const legs = [from.id, to.id]
    assert.sameMembers(told(booked).added, legs)
    assert.sameMembers(told(moved).modified, legs)
    assert.sameMembers(told(deleted).removed, legs)
  })

  test('tells of splits, and whose category goes', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    const whole = await record(user, { accountId: checking.id, amount: -5, categoryId: dining.id })
    const mall = await record(user, { accountId: checking.id, amount: -10 })
    const other = await record(user, { accountId: checking.id, amount: -1, categoryId: gifts.id })
    const follower = new Follower(client, user)
    await follower.catchUp()

    await split(user, mall, [
      [dining, -4],
      [gifts, -6],
    ])
    const divided = await follower.turn()
    await new DeleteCategory().handle({
      actor: user,
      id: dining.id,
      moveTo: gifts.id,
      precondition,
    })
    const dissolved = await follower.turn()

    assert.deepEqual(told(divided).modified, [mall.id])
    assert.sameMembers(told(dissolved).modified, [whole.id, mall.id])
    assert.deepEqual(follower.rows, await ledgerOf(client, user))
    assert.isTrue(follower.rows.has(other.id))
  })

  test('tells whose category is renamed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dining = await categoryOf(user, 'Dining')
    await record(user, { accountId: checking.id, amount: -5, categoryId: dining.id })
    const follower = new Follower(client, user)
    await follower.catchUp()

    const changes = { name: 'Eating out' }
    await new ChangeCategory().handle({ actor: user, id: dining.id, changes, precondition })
    const renamed = await follower.turn()
    const plain = { color: '#123456' }
    await new ChangeCategory().handle({ actor: user, id: dining.id, changes: plain, precondition })
    const recoloured = await follower.turn()

    assert.lengthOf(renamed.modified, 1)
    assert.deepEqual(follower.rows, await ledgerOf(client, user))
    assert.isEmpty(recoloured.modified)
  })

  test('tells of an import and its reversal', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const follower = new Follower(client, user)
    await follower.catchUp()

    const { id } = await importFile(client, user, checking, STATEMENT)
    const imported = await follower.turn()
    await revert(client, user, id)
    const reverted = await follower.turn()

    assert.lengthOf(imported.added, 2)
    assert.sameMembers(told(reverted).removed, told(imported).added)
    assert.isEmpty(follower.rows)
  })

  test('finds changes by their index', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await record(user, { accountId: checking.id, amount: -1 })

    const plan = await tenant.transaction(user.id, async (trx) => {
      await trx.rawQuery('SET LOCAL enable_seqscan = off')
      const { rows } = await trx.rawQuery(
        `EXPLAIN SELECT id FROM transactions WHERE (changed_in, id) > (5, ?::uuid)
         ORDER BY changed_in, id LIMIT 100`,
        [user.id]
      )
      return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
    })

    assert.match(plan, /Index (Only )?Scan using transactions_changes/)
    assert.notMatch(plan, /Sort/)
  })
})
