import { test } from '@japa/runner'
import fc from 'fast-check'
import { PayeeRules, type RuleAction, RULE_FIELDS } from '#transactions/domain/payee_rules'
import { type HistoryRow, judge, takeBack } from '#transactions/domain/rule_change'

const DINING: RuleAction = { kind: 'setCategory', categoryId: 'dining' }

function row(overrides: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id: 'transaction',
    accountId: 'checking',
    kind: 'expense',
    isSplit: false,
    amount: -350,
    payee: 'CAFE 12',
    bankPayee: null,
    description: null,
    notes: null,
    categoryId: 'gifts',
    tags: ['weekend'],
    lockedFields: [],
    ...overrides,
  }
}

function rules(...actions: RuleAction[]) {
  const isCafe = { field: 'payee', operator: 'contains', value: 'cafe' } as const
  return new PayeeRules([
    { id: 'rule', position: 1, enabled: true, match: 'all', conditions: [isCafe], actions },
  ])
}

test.group('Rule changes', () => {
  test('replace what no person has set', ({ assert }) => {
    const all = rules(
      DINING,
      { kind: 'setPayee', payee: 'Café' },
      { kind: 'addTags', tags: ['weekend', 'coffee'] }
    )

    assert.deepEqual(judge(row(), all), {
      matched: true,
      change: {
        transactionId: 'transaction',
        before: { categoryId: 'gifts', payee: 'CAFE 12', tags: ['weekend'] },
        after: { categoryId: 'dining', payee: 'Café', tags: ['weekend', 'coffee'] },
      },
    })
  })

  test('are none for {name}')
    .with<{ name: string; held: Partial<HistoryRow> }[]>([
      { name: 'a locked category', held: { lockedFields: ['category'] } },
      { name: 'a split', held: { isSplit: true, categoryId: null } },
      { name: 'a transfer', held: { kind: 'transfer', categoryId: null } },
      { name: 'what is so already', held: { categoryId: 'dining' } },
    ])
    .run(({ assert }, { held }) => {
      assert.deepEqual(judge(row(held), rules(DINING)), { matched: true, change: null })
    })

  test('know no match from no change', ({ assert }) => {
    assert.deepEqual(judge(row({ payee: 'Bakery' }), rules(DINING)), {
      matched: false,
      change: null,
    })
  })
})

test.group('Rule changes / taken back', () => {
  const change = {
    before: { categoryId: 'gifts', payee: 'CAFE 12', tags: ['weekend'] },
    after: { categoryId: 'dining', payee: 'Café', tags: ['weekend', 'coffee'] },
  }

  test('restore {name}')
    .with([
      { name: 'all of it', now: {}, values: change.before, kept: [] },
      {
        name: 'all but a category set since',
        now: { categoryId: 'travel', lockedFields: ['category'] },
        values: { ...change.before, categoryId: 'travel' },
        kept: ['category'],
      },
      {
        name: 'all but what a person confirmed',
        now: { lockedFields: ['category', 'payee', 'tags'] },
        values: change.after,
        kept: ['category', 'payee', 'tags'],
      },
      {
        name: 'all but what another rule set',
        now: { payee: 'Coffee shop' },
        values: { ...change.before, payee: 'Coffee shop' },
        kept: ['payee'],
      },
      {
        name: 'tags among later ones',
        now: { tags: ['weekend', 'coffee', 'later'] },
        values: { ...change.before, tags: ['weekend', 'later'] },
        kept: [],
      },
      {
        name: 'nothing that a person did before',
        now: { ...change.before, lockedFields: ['category', 'payee', 'tags'] },
        values: change.before,
        kept: [],
      },
      {
        name: 'all but the category of a split',
        now: { categoryId: null, isSplit: true, lockedFields: ['category'] },
        values: { ...change.before, categoryId: null },
        kept: ['category'],
      },
    ])
    .run(({ assert }, { now, values, kept }) => {
      const held = row({ ...change.after, ...(now as Partial<HistoryRow>) })

      assert.deepEqual(takeBack(change, held), { values, kept } as ReturnType<typeof takeBack>)
    })

  test('leave what was there before', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'CAFE 1', 'cafe 2')
    const some = fc.uniqueArray(word, { maxLength: 3 })
    const action: fc.Arbitrary<RuleAction> = fc.oneof(
      fc.record({ kind: fc.constant('setCategory' as const), categoryId: word }),
      fc.record({ kind: fc.constant('setPayee' as const), payee: word }),
      fc.record({ kind: fc.constant('addTags' as const), tags: some })
    )
    const held = fc.record({
      payee: word,
      categoryId: fc.option(word),
      tags: some,
      isSplit: fc.boolean(),
      lockedFields: fc.subarray([...RULE_FIELDS]),
    })
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 4 }), held, (actions, details) => {
        const before = row(details)
        const { change: made } = judge(before, rules(...actions))
        if (made === null) return true

        const { values, kept } = takeBack(made, { ...before, ...made.after })
        return JSON.stringify([values, kept]) === JSON.stringify([made.before, []])
      })
    )
  })
})
