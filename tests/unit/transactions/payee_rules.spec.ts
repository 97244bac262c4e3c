import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  PayeeRules,
  type PayeeRule,
  type RuleCondition,
  type RuleSubject,
} from '#transactions/domain/payee_rules'

function rule(position: number, overrides: Partial<PayeeRule>): PayeeRule {
  return {
    id: `rule-${position}`,
    position,
    enabled: true,
    match: 'all',
    conditions: [],
    actions: [{ kind: 'setCategory', categoryId: `category-${position}` }],
    ...overrides,
  }
}

function subject(overrides: Partial<RuleSubject> = {}): RuleSubject {
  return {
    payee: 'Café Zürich',
    description: 'Card payment 1234',
    amountMinor: -350,
    accountId: 'checking',
    categoryId: null,
    ...overrides,
  }
}

const isCafe: RuleCondition = { field: 'payee', operator: 'is', value: 'CAFE\u0301 zürich' }

test.group('Payee rules', () => {
  test('{field} {operator} {value} → {expected}')
    .with<(RuleCondition & { expected: boolean })[]>([
      { field: 'payee', operator: 'is', value: 'café zürich', expected: true },
      { field: 'payee', operator: 'is', value: 'café', expected: false },
      { field: 'payee', operator: 'contains', value: 'ZÜR', expected: true },
      { field: 'payee', operator: 'startsWith', value: 'café', expected: true },
      { field: 'payee', operator: 'endsWith', value: 'café', expected: false },
      { field: 'description', operator: 'is', value: 'card payment 1234', expected: true },
      { field: 'description', operator: 'endsWith', value: '1234', expected: true },
      { field: 'amount', operator: 'is', value: -350, expected: true },
      { field: 'amount', operator: 'greaterThan', value: -350, expected: false },
      { field: 'amount', operator: 'lessThan', value: 0, expected: true },
      { field: 'account', operator: 'is', value: 'checking', expected: true },
      { field: 'account', operator: 'is', value: 'savings', expected: false },
    ])
    .run(({ assert }, { expected, ...condition }) => {
      const rules = new PayeeRules([rule(1, { conditions: [condition as RuleCondition] })])

      assert.equal(rules.apply(subject()).categoryId !== undefined, expected)
    })

  test('needs all, or any', ({ assert }) => {
    const conditions: RuleCondition[] = [
      isCafe,
      { field: 'amount', operator: 'greaterThan', value: 0 },
    ]
    const all = new PayeeRules([rule(1, { match: 'all', conditions })])
    const any = new PayeeRules([rule(1, { match: 'any', conditions })])

    assert.isUndefined(all.apply(subject()).categoryId)
    assert.equal(any.apply(subject()).categoryId, 'category-1')
    assert.equal(any.apply(subject({ payee: 'x', amountMinor: 1 })).categoryId, 'category-1')
  })

  test('lets the first rule win', ({ assert }) => {
    const rules = new PayeeRules([
      rule(3, { conditions: [isCafe], actions: [{ kind: 'setPayee', payee: 'Café' }] }),
      rule(2, { conditions: [{ field: 'payee', operator: 'contains', value: 'caf' }] }),
      rule(1, { conditions: [isCafe], enabled: false }),
      rule(4, { conditions: [isCafe] }),
    ])

    assert.deepEqual(rules.apply(subject()), {
      categoryId: 'category-2',
      payee: 'Café',
      tags: [],
      ruleIds: ['rule-2', 'rule-3'],
    })
  })

  test('adds every tag once', ({ assert }) => {
    const tagging = (position: number, tags: string[]) =>
      rule(position, { conditions: [isCafe], actions: [{ kind: 'addTags', tags }] })
    const rules = new PayeeRules([tagging(1, ['a', 'b']), tagging(2, ['b', 'c'])])

    assert.deepEqual(rules.apply(subject()).tags, ['a', 'b', 'c'])
    assert.deepEqual(rules.apply(subject()).tags, ['a', 'b', 'c'])
  })

  test('never replaces the row’s category', ({ assert }) => {
    const rules = new PayeeRules([rule(1, { conditions: [isCafe] })])

    const outcome = rules.apply(subject({ categoryId: 'own' }))

    assert.deepEqual(outcome, { tags: [], ruleIds: [] })
  })

  test('ignores a rule without conditions', ({ assert }) => {
    assert.isUndefined(new PayeeRules([rule(1, {})]).apply(subject()).categoryId)
  })

  test('finds what a plain walk finds', () => {
    const payee = fc.constantFrom('a', 'B', 'ab', 'ÄB')
    const condition: fc.Arbitrary<RuleCondition> = fc.oneof(
      fc.record({
        field: fc.constant('payee' as const),
        operator: fc.constantFrom('is' as const, 'is' as const, 'contains' as const),
        value: payee,
      }),
      fc.record({
        field: fc.constant('amount' as const),
        operator: fc.constantFrom('greaterThan' as const, 'lessThan' as const),
        value: fc.integer({ min: -2, max: 2 }),
      })
    )
    const shape = fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    })
    fc.assert(
      fc.property(
        fc.array(shape),
        payee,
        fc.integer({ min: -3, max: 3 }),
        (shapes, name, amount) => {
          const row = subject({ payee: name, amountMinor: amount })
          const holds = (asked: RuleCondition) => {
            if (asked.field === 'amount') {
              return asked.operator === 'lessThan' ? amount < asked.value : amount > asked.value
            }
            const [left, right] = [name.toLowerCase(), String(asked.value).toLowerCase()]
            return asked.operator === 'is' ? left === right : left.includes(right)
          }
          const first = shapes.findIndex(({ match, conditions }) =>
            match === 'all' ? conditions.every(holds) : conditions.some(holds)
          )
          const outcome = new PayeeRules(shapes.map((made, at) => rule(at, made))).apply(row)
          return outcome.categoryId === (first < 0 ? undefined : `category-${first}`)
        }
      )
    )
  })
})
