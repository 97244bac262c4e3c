import { test } from '@japa/runner'
import { levelOf, pointsOf } from '#gamification/domain/level'

test.group('Levels', () => {
  test('{points} points are level {number}')
    .with([
      { points: 0, number: 1, next: 100 },
      { points: 99, number: 1, next: 100 },
      { points: 100, number: 2, next: 300 },
      { points: 299, number: 2, next: 300 },
      { points: 300, number: 3, next: 600 },
      { points: 1_000, number: 5, next: 1_500 },
      { points: 4_500, number: 10, next: 5_500 },
      { points: 1_000_000, number: 141, next: 1_001_100 },
    ])
    .run(({ assert }, { points, number, next }) => {
      assert.deepEqual(levelOf(points), { number, from: pointsOf(number), next })
    })

  test('begins each where it says', ({ assert }) => {
    for (let level = 2; level < 2_000; level++) {
      assert.equal(levelOf(pointsOf(level)).number, level)
      assert.equal(levelOf(pointsOf(level) - 1).number, level - 1)
    }
  })
})
