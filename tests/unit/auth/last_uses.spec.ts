import { test } from '@japa/runner'
import { LastUses } from '#auth/domain/last_uses'

test.group('Last uses', () => {
  test('are due once a minute each', ({ assert }) => {
    const uses = new LastUses()

    const due = [0, 59_999, 60_000, 60_001].map((now) => uses.isDue('a', now))

    assert.deepEqual(due, [true, false, true, false])
    assert.isTrue(uses.isDue('b', 60_001))
  })
})
