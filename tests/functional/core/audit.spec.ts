import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ChainVerification } from '#core/audit/chain_verification'
import { tenant } from '#core/database/tenant'
import { categoryOf, household, record, transfer } from '#tests/support/household'
import type User from '#users/models/user'

async function brokenChainsOf(user: User) {
  const { broken } = await new ChainVerification().handle()
  return broken.filter(({ userId }) => userId === user.id)
}

async function entriesOf(user: User): Promise<Record<string, unknown>[]> {
  return tenant.transaction(user.id, (trx) => trx.from('audit_logs').orderBy('position'))
}

/** Somebody with the owner's login, who lifts the policies for a moment. */
async function tamper(sql: string, values: (string | number)[]) {
  return db.connection('owner').transaction(async (trx) => {
    await trx.rawQuery('ALTER TABLE audit_logs NO FORCE ROW LEVEL SECURITY')
    const { rowCount } = await trx.rawQuery(sql, values)
    await trx.rawQuery('ALTER TABLE audit_logs FORCE ROW LEVEL SECURITY')
    return rowCount as number
  })
}

/** A user with a chain of at least five entries. */
async function audited() {
  const { user, checking, savings } = await household({ checking: 10, savings: 0 })
  const { id: categoryId } = await categoryOf(user, 'Dining')
  await record(user, { accountId: checking.id, amount: -1, categoryId })
  await transfer(user, checking, savings, 5)
  const { length } = await entriesOf(user)
  return { user, checking, length }
}

test.group('Audit', () => {
  test('says who did what to what', async ({ assert }) => {
    const { user } = await audited()

    const entries = await entriesOf(user)

    assert.deepEqual(
      entries.map(({ action }) => action),
      [
        'user.registered',
        'account.opened',
        'account.opened',
        'transaction.recorded',
        'transfer.recorded',
      ]
    )
    assert.isTrue(entries.every((entry) => entry.actor_id === user.id && entry.subject_id !== null))
    assert.deepEqual(
      entries.map(({ position }) => Number(position)),
      [1, 2, 3, 4, 5]
    )
  })

  test('keeps no personal data', async ({ assert }) => {
    const { user, checking } = await audited()
    await record(user, { accountId: checking.id, amount: -77_77, payee: 'Secret clinic' })

    const text = JSON.stringify(await entriesOf(user))

    assert.notMatch(text, /Secret|7777|@example/)
    assert.notInclude(text, user.email)
  })

  test('goes with what it records', async ({ assert }) => {
    const { user, checking, length } = await audited()

    const attempt = record(user, { accountId: checking.id, amount: 1, payee: 'x'.repeat(300) })

    await assert.rejects(() => attempt)
    assert.lengthOf(await entriesOf(user), length)
  })

  test('finds its chains whole', async ({ assert }) => {
    const { user } = await audited()

    assert.deepEqual(await brokenChainsOf(user), [])
  })

  test('stays whole under many writers', async ({ assert }) => {
    const { user, checking, length } = await audited()

    await Promise.all(
      Array.from({ length: 12 }, () => record(user, { accountId: checking.id, amount: 1 }))
    )

    assert.lengthOf(await entriesOf(user), length + 12)
    assert.deepEqual(await brokenChainsOf(user), [])
  })

  test('finds an altered {column}')
    .with([
      { column: 'action', value: `'nothing.happened'` },
      { column: 'actor_id', value: 'gen_random_uuid()' },
      { column: 'data', value: `'{"amount":1}'` },
      { column: 'recorded_at', value: `recorded_at - interval '1 microsecond'` },
      { column: 'subject_id', value: 'NULL' },
    ])
    .run(async ({ assert }, { column, value }) => {
      const { user } = await audited()

      const touched = await tamper(
        `UPDATE audit_logs SET ${column} = ${value} WHERE user_id = ? AND position = 3`,
        [user.id]
      )

      assert.equal(touched, 1)
      assert.deepEqual(await brokenChainsOf(user), [
        { userId: user.id, position: 3, problem: 'altered' },
      ])
    })

  test('finds an altered entry with a new hash', async ({ assert }) => {
    const { user } = await audited()

    await tamper(`UPDATE audit_logs SET action = 'x' WHERE user_id = ? AND position = 3`, [user.id])
    await tamper(
      `UPDATE audit_logs a SET hash = audit_hash(a) WHERE user_id = ? AND position = 3`,
      [user.id]
    )

    assert.deepEqual(await brokenChainsOf(user), [
      { userId: user.id, position: 4, problem: 'unlinked' },
    ])
  })

  test('finds a removed entry: {title}')
    .with([
      { title: 'the first', position: 1, problem: 'missing', found: 2 },
      { title: 'in the middle', position: 3, problem: 'missing', found: 4 },
      { title: 'the last', position: 5, problem: 'truncated', found: 5 },
    ])
    .run(async ({ assert }, { position, problem, found }) => {
      const { user } = await audited()

      await tamper('DELETE FROM audit_logs WHERE user_id = ? AND position = ?', [user.id, position])

      const broken = await brokenChainsOf(user)
      assert.deepInclude(broken, { userId: user.id, position: found, problem } as never)
    })

  test('finds a chain gone altogether', async ({ assert }) => {
    const { user, length } = await audited()

    await tamper('DELETE FROM audit_logs WHERE user_id = ?', [user.id])

    assert.deepEqual(await brokenChainsOf(user), [
      { userId: user.id, position: length, problem: 'truncated' },
    ])
  })

  test('finds an altered last entry', async ({ assert }) => {
    const { user } = await audited()

    await tamper(`UPDATE audit_logs SET action = 'x' WHERE user_id = ? AND position = 5`, [user.id])
    await tamper(
      'UPDATE audit_logs a SET hash = audit_hash(a) WHERE user_id = ? AND position = 5',
      [user.id]
    )

    assert.deepEqual(await brokenChainsOf(user), [
      { userId: user.id, position: 5, problem: 'altered' },
    ])
  })
})
