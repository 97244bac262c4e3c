import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import { categoryOf, newcomer } from '#tests/support/household'
import { resourceContract } from '#tests/support/resource_contract'
import Rule from '#transactions/models/rule'

const PATH = '/api/v1/transactions/rules'
const rename = { kind: 'setPayee', payee: 'Shop' }

/** One condition on a text, with the other fields of a rule. */
const text = (operator: string, value: string, field = 'payee') => ({
  conditions: [{ field, operator, value }],
})

resourceContract({
  name: 'Rules',
  path: PATH,
  valid: async (user) => {
    const { id: categoryId } = await categoryOf(user, 'Dining')
    return {
      name: 'Coffee',
      match: 'any',
      enabled: false,
      position: 3,
      conditions: [
        { field: 'payee', operator: 'matches', value: '^caf[eé]\\b' },
        { field: 'notes', operator: 'doesNotContain', value: 'tea' },
        { field: 'tags', operator: 'contains', value: 'coffee' },
        { field: 'amount', operator: 'lessThan', value: -1_00 },
      ],
      actions: [{ kind: 'setCategory', categoryId }, rename, { kind: 'addTags', tags: ['drink'] }],
    }
  },
  invalid: [
    { change: text('matches', '('), field: 'conditions.0.value' },
    { change: text('matches', '(?=a)'), field: 'conditions.0.value' },
    { change: text('matches', '(a{50}){50}'), field: 'conditions.0.value' },
    { change: text('matches', 'x'.repeat(201)), field: 'conditions.0.value' },
    { change: text('isLike', 'a'), field: 'conditions.0.operator' },
    { change: text('startsWith', 'a', 'tags'), field: 'conditions.0.operator' },
    { change: text('contains', 'a', 'externalId'), field: 'conditions.0.field' },
    { change: text('is', 'checking', 'account'), field: 'conditions.0.value' },
    { change: text('is', randomUUIDv7(), 'account'), field: 'conditions.0.value' },
    { change: { conditions: [] }, field: 'conditions' },
    { change: { actions: [] }, field: 'actions' },
    { change: { actions: [{ kind: 'delete' }] }, field: 'actions.0.kind' },
    {
      change: { actions: [{ kind: 'setCategory', categoryId: randomUUIDv7() }] },
      field: 'actions.0.categoryId',
    },
    { change: { position: -1 }, field: 'position' },
  ],
  change: { enabled: true, position: 5, ...text('isNot', 'Shop') },
})

test.group('Rules', () => {
  test('say what is wrong with a pattern', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client
      .post(PATH)
      .loginAs(user)
      .json({ name: 'Broken', ...text('matches', 'caf('), actions: [rename] })

    response.assertStatus(422)
    assert.deepEqual(response.body().errors, [
      {
        field: 'conditions.0.value',
        rule: 'pattern',
        message: 'RE2 does not take the pattern: missing closing )',
      },
    ])
  })

  test('are 500 at most', async ({ client, assert }) => {
    const user = await newcomer()
    const rule = { name: 'Rule', ...text('is', 'a'), actions: [rename] }
    await tenant.transaction(user.id, async (trx) => {
      const { id } = await Rule.create({ userId: user.id, position: 1, ...rule } as Partial<Rule>, {
        client: trx,
      })
      await trx.rawQuery(
        `INSERT INTO rules (user_id, id, name, position, conditions, actions)
         SELECT user_id, gen_random_uuid(), name, n, conditions, actions
         FROM rules, generate_series(2, 500) AS n WHERE id = ?`,
        [id]
      )
    })

    const response = await client.post(PATH).loginAs(user).json(rule)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Conflict')
  })
})
