import { test } from '@japa/runner'
import { addDays } from '#gamification/domain/days'
import { longestRunOfMonths, streakOf } from '#gamification/domain/streak'

const TODAY = '2026-03-31'

/** Days as a text that ends today: `x` active, `.` not. */
function daysOf(pattern: string) {
  return [...pattern].flatMap((sign, index) =>
    sign === 'x' ? addDays(TODAY, index + 1 - pattern.length) : []
  )
}

test.group('Streaks', () => {
  test('{pattern}: {current} now, {longest} at most, {freezes} freezes')
    .with([
      { pattern: '', current: 0, longest: 0, freezes: 0 },
      { pattern: 'x', current: 1, longest: 1, freezes: 0 },
      { pattern: 'xxx', current: 3, longest: 3, freezes: 0 },
      { pattern: 'xxx.', current: 3, longest: 3, freezes: 0 },
      { pattern: 'xxx..', current: 0, longest: 3, freezes: 0 },
      { pattern: 'xx.xx', current: 2, longest: 2, freezes: 0 },
      { pattern: 'xxxxxxx', current: 7, longest: 7, freezes: 1 },
      { pattern: 'xxxxxxx.', current: 7, longest: 7, freezes: 1 },
      { pattern: 'xxxxxxx..', current: 7, longest: 7, freezes: 0 },
      { pattern: 'xxxxxxx...', current: 0, longest: 7, freezes: 0 },
      { pattern: 'xxxxxxx.x', current: 8, longest: 8, freezes: 0 },
      { pattern: 'xxxxxxx.x.x', current: 1, longest: 8, freezes: 0 },
      { pattern: 'xxxxxxx..x', current: 1, longest: 7, freezes: 0 },
      { pattern: 'xxxxxxxxxxxxxx', current: 14, longest: 14, freezes: 2 },
      { pattern: 'xxxxxxxxxxxxxx..x', current: 15, longest: 15, freezes: 0 },
      { pattern: 'xxxxxxxxxxxxxxxxxxxxx', current: 21, longest: 21, freezes: 2 },
      { pattern: 'xxxxxxx.xxxxxx', current: 13, longest: 13, freezes: 0 },
      { pattern: 'xxxxxxx.xxxxxxx', current: 14, longest: 14, freezes: 1 },
    ])
    .run(({ assert }, { pattern, ...expected }) => {
      const { current, longest, freezes } = streakOf(daysOf(pattern), TODAY)

      assert.deepEqual({ current, longest, freezes }, expected)
    })

  test('knows no days of the future', ({ assert }) => {
    assert.equal(streakOf(['2026-04-01'], TODAY).current, 0)
  })

  test('{months} are {longest} months in a row')
    .with([
      { months: '', longest: 0 },
      { months: '2026-01-01', longest: 1 },
      { months: '2025-11-01 2025-12-01 2026-01-01', longest: 3 },
      { months: '2026-01-01 2026-03-01 2026-04-01', longest: 2 },
      { months: '2026-02-01 2026-01-01 2026-02-01', longest: 2 },
    ])
    .run(({ assert }, { months, longest }) => {
      assert.equal(longestRunOfMonths(months.split(' ').filter(Boolean)), longest)
    })
})
