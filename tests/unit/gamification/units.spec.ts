import { test } from '@japa/runner'
import fc from 'fast-check'
import { differences, keyOf, type Credit } from '#gamification/domain/units'

const credit = (points: number, details: Partial<Credit> = {}): Credit => ({
  source: 'rule',
  code: 'transaction-recorded',
  period: '2026-03-31',
  points,
  version: 1,
  ...details,
})

const everything = () => true

test.group('Point ledger / differences', () => {
  test('{title}')
    .with([
      { title: 'nothing where all is there', earned: [credit(6)], kept: [credit(6)], entry: null },
      { title: 'what is missing', earned: [credit(6)], kept: [credit(4)], entry: [2, 'earned', 1] },
      { title: 'what is new', earned: [credit(6)], kept: [], entry: [6, 'earned', 1] },
      {
        title: 'what is too much',
        earned: [credit(2)],
        kept: [credit(6)],
        entry: [-4, 'cause-gone', 1],
      },
      { title: 'what is gone', earned: [], kept: [credit(6)], entry: [-6, 'cause-gone', 1] },
      {
        title: 'what new rules are worth',
        earned: [credit(9, { version: 2 })],
        kept: [credit(6)],
        entry: [3, 'rules-changed', 2],
      },
    ])
    .run(({ assert }, { earned, kept, entry }) => {
      const entries = differences(earned, kept, everything)

      assert.deepEqual(
        entries.map(({ amount, cause, version }) => [amount, cause, version]),
        entry === null ? [] : [entry]
      )
    })

  test('leaves what nobody judges any more', ({ assert }) => {
    assert.deepEqual(
      differences([], [credit(6)], () => false),
      []
    )
  })

  test('leads to what is earned, and never below zero on the way', ({ assert }) => {
    const credits = fc.uniqueArray(
      fc.record({
        source: fc.constantFrom('rule' as const, 'badge' as const),
        code: fc.constantFrom('a', 'b', 'c'),
        period: fc.constantFrom(null, '2026-03-30', '2026-03-31'),
        points: fc.integer({ min: 1, max: 50 }),
        version: fc.integer({ min: 1, max: 2 }),
      }),
      { selector: keyOf }
    )

    fc.assert(
      fc.property(credits, credits, (earned, kept) => {
        const sums = new Map(kept.map((each) => [keyOf(each), each.points]))
        let balance = kept.reduce((sum, { points }) => sum + points, 0)
        for (const entry of differences(earned, kept, everything)) {
          balance += entry.amount
          assert.isAtLeast(balance, 0)
          sums.set(keyOf(entry), (sums.get(keyOf(entry)) ?? 0) + entry.amount)
        }
        const left = [...sums].filter(([, points]) => points !== 0)
        assert.deepEqual(
          Object.fromEntries(left),
          Object.fromEntries(earned.map((each) => [keyOf(each), each.points]))
        )
      })
    )
  })
})
