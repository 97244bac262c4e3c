import { test } from '@japa/runner'
import * as fc from 'fast-check'
import { bestPairs, type Pair } from '#transactions/domain/best_pairs'

const pair = (one: string, other: string, daysApart = 0, similarity = 100): Pair => ({
  one,
  other,
  daysApart,
  similarity,
})

const pairs = fc.uniqueArray(
  fc.record({
    one: fc.constantFrom('a', 'b', 'c', 'd'),
    other: fc.constantFrom('u', 'v', 'w', 'x'),
    daysApart: fc.nat({ max: 4 }),
    similarity: fc.constantFrom(50, 75, 100),
  }),
  { selector: ({ one, other }) => one + other }
)

test.group('Best pairs', () => {
  test('prefer {title}')
    .with([
      { title: 'the closest day', better: pair('a', 'u', 0, 50), worse: pair('b', 'u', 1, 100) },
      {
        title: 'then the more similar',
        better: pair('b', 'u', 1, 90),
        worse: pair('a', 'u', 1, 80),
      },
      { title: 'then the first', better: pair('a', 'u', 1, 90), worse: pair('b', 'u', 1, 90) },
    ])
    .run(({ assert }, { better, worse }) => {
      assert.deepEqual(bestPairs([worse, better]), [better])
    })

  test('take nobody twice', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const best = bestPairs(list)
        const all = best.flatMap(({ one, other }) => [one, other])
        return new Set(all).size === all.length
      })
    )
  })

  test('leave no pair of two who are free', () => {
    fc.assert(
      fc.property(pairs, (list) => {
        const taken = new Set(bestPairs(list).flatMap(({ one, other }) => [one, other]))
        return list.every(({ one, other }) => taken.has(one) || taken.has(other))
      })
    )
  })

  test('do not depend on the order', ({ assert }) => {
    fc.assert(
      fc.property(pairs, (list) => {
        assert.deepEqual(bestPairs(list), bestPairs(list.toReversed()))
      })
    )
  })

  test('take legs on either side once', ({ assert }) => {
    const best = bestPairs([pair('a', 'b', 0), pair('b', 'c', 1), pair('c', 'd', 2)])

    assert.deepEqual(best, [pair('a', 'b', 0), pair('c', 'd', 2)])
  })
})
