import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { balances, categoryOf, household } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import Rule from '#transactions/models/rule'
import type { RuleAction } from '#transactions/domain/payee_rules'
import type { RuleCondition } from '#transactions/domain/rule_conditions'
import type User from '#users/models/user'

async function rule(user: User, position: number, condition: RuleCondition, action: RuleAction) {
  return tenant.transaction(user.id, (trx) =>
    Rule.create(
      {
        userId: user.id,
        name: `Rule ${position}`,
        position,
        conditions: [condition],
        actions: [action],
      },
      { client: trx }
    )
  )
}

const payeeIs = (value: string): RuleCondition => ({ field: 'payee', operator: 'is', value })

test.group('Imports / rules', () => {
  test('categorise, rename and tag', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [dining, gifts] = [await categoryOf(user, 'Dining'), await categoryOf(user, 'Gifts')]
    await rule(user, 1, payeeIs('cafe 12'), { kind: 'setCategory', categoryId: dining.id })
    await rule(user, 2, payeeIs('CAFE 12'), { kind: 'setPayee', payee: 'Café' })
    await rule(
      user,
      3,
      { field: 'amount', operator: 'lessThan', value: -100_00 },
      { kind: 'addTags', tags: ['large'] }
    )
    const csv = [
      'date,payee,category,amount',
      '2026-01-03,CAFE 12,,-3.00',
      '2026-01-02,CAFE 12,Gifts,-4.00',
      '2026-01-01,Jeweller,,-500.00',
    ].join('\n')

    await importFile(client, user, checking, csv)

    const listed = await client.get('/api/v1/transactions').loginAs(user)
    assert.containsSubset(listed.body().data, [
      { payee: 'Café', category: { id: dining.id }, tags: [] },
      { payee: 'Café', category: { id: gifts.id }, tags: [] },
      { payee: 'Jeweller', category: null, tags: ['large'] },
    ])
  })

  test('make no new rows of old ones', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const csv = 'date,payee,amount\n2026-01-01,CAFE 12,-3.00\n'
    await importFile(client, user, checking, csv)
    await rule(user, 1, payeeIs('CAFE 12'), { kind: 'setPayee', payee: 'Café' })

    const again = await importFile(client, user, checking, csv)

    assert.containsSubset(again.counts, { imported: 0, duplicates: 1 })
  })

  test('outlive the category they name', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id: categoryId } = await categoryOf(user, 'Dining')
    await rule(user, 1, payeeIs('Café'), { kind: 'setCategory', categoryId })
    await client.delete(`/api/v1/transactions/categories/${categoryId}`).loginAs(user)

    const done = await importFile(
      client,
      user,
      checking,
      'date,payee,amount\n2026-01-01,Café,-3.00\n'
    )

    assert.equal(done.status, 'completed')
    assert.deepEqual(await balances(user), { checking: -3_00 })
  })
})
