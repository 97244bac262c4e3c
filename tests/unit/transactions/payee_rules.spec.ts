import { test } from '@japa/runner'
import fc from 'fast-check'
import { PayeeRules, type PayeeRule, type RuleSubject } from '#transactions/domain/payee_rules'
import type { RuleCondition } from '#transactions/domain/rule_conditions'

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
    bankPayee: 'SUMUP *CAFE 12',
    description: 'Card payment 1234',
    notes: 'Breakfast\nwith Grace',
    tags: ['Weekend'],
    amountMinor: -350,
    accountId: 'checking',
    fixed: [],
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
      { field: 'payee', operator: 'isNot', value: 'Bakery', expected: true },
      { field: 'payee', operator: 'isNot', value: 'café zürich', expected: false },
      { field: 'payee', operator: 'doesNotContain', value: 'zür', expected: false },
      { field: 'payee', operator: 'is', value: 'sumup *cafe 12', expected: true },
      { field: 'payee', operator: 'startsWith', value: 'sumup', expected: true },
      { field: 'payee', operator: 'isNot', value: 'sumup *cafe 12', expected: false },
      { field: 'payee', operator: 'doesNotContain', value: 'sumup', expected: false },
      { field: 'payee', operator: 'matches', value: '^caf[eé] z', expected: true },
      { field: 'payee', operator: 'matches', value: String.raw`\*cafe \d+$`, expected: true },
      { field: 'payee', operator: 'matches', value: 'bakery|butcher', expected: false },
      { field: 'notes', operator: 'contains', value: 'GRACE', expected: true },
      { field: 'notes', operator: 'matches', value: '(?m)^with', expected: true },
      { field: 'notes', operator: 'doesNotContain', value: 'grace', expected: false },
      { field: 'tags', operator: 'contains', value: 'weekend', expected: true },
      { field: 'tags', operator: 'contains', value: 'week', expected: false },
      { field: 'tags', operator: 'doesNotContain', value: 'week', expected: true },
      { field: 'description', operator: 'is', value: 'card payment 1234', expected: true },
      { field: 'description', operator: 'isNot', value: 'card payment 1234', expected: false },
      { field: 'description', operator: 'endsWith', value: '1234', expected: true },
      { field: 'amount', operator: 'is', value: -350, expected: true },
      { field: 'amount', operator: 'greaterThan', value: -350, expected: false },
      { field: 'amount', operator: 'lessThan', value: 0, expected: true },
      { field: 'account', operator: 'is', value: 'checking', expected: true },
      { field: 'account', operator: 'is', value: 'savings', expected: false },
      { field: 'account', operator: 'isNot', value: 'savings', expected: true },
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
      matched: true,
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

  test('leaves alone what is fixed', ({ assert }) => {
    const actions: PayeeRule['actions'] = [
      { kind: 'setCategory', categoryId: 'dining' },
      { kind: 'setPayee', payee: 'Café' },
      { kind: 'addTags', tags: ['coffee'] },
    ]
    const rules = new PayeeRules([rule(1, { conditions: [isCafe], actions })])

    const outcome = rules.apply(subject({ fixed: ['category', 'payee', 'tags'] }))

    assert.deepEqual(outcome, { matched: true, tags: [], ruleIds: [] })
  })

  test('asks a rule with two names once', ({ assert }) => {
    const named: RuleCondition[] = [
      isCafe,
      { field: 'payee', operator: 'is', value: 'sumup *cafe 12' },
    ]
    const rules = new PayeeRules([
      rule(1, { match: 'any', conditions: named, actions: [{ kind: 'addTags', tags: ['a'] }] }),
      rule(2, { match: 'any', conditions: [...named].reverse() }),
    ])

    assert.deepEqual(rules.apply(subject()).ruleIds, ['rule-1', 'rule-2'])
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
        fc.option(payee),
        fc.integer({ min: -3, max: 3 }),
        (shapes, name, bankPayee, amount) => {
          const row = subject({ payee: name, bankPayee, amountMinor: amount })
          const holds = (asked: RuleCondition) => {
            if (asked.field === 'amount') {
              return asked.operator === 'lessThan' ? amount < asked.value : amount > asked.value
            }
            const right = String(asked.value).toLowerCase()
            return [name, bankPayee ?? name]
              .map((text) => text.toLowerCase())
              .some((left) => (asked.operator === 'is' ? left === right : left.includes(right)))
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
