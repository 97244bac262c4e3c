import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { forEverybody } from '#core/queue/for_everybody'

/** Users in their order, as a table gives them. */
function users(count: number) {
  const ids = Array.from({ length: count }, () => randomUUIDv7()).sort()
  const next = async (after: string, limit: number) =>
    ids.filter((id) => id > after).slice(0, limit)
  return { ids, next }
}

test.group('For everybody', () => {
  for (const count of [0, 1, 500, 1_001]) {
    test(`reaches ${count} users, each once`, async ({ assert }) => {
      const { ids, next } = users(count)
      const reached: string[] = []

      await forEverybody(next, async (userId) => reached.push(userId))

      assert.deepEqual(reached, ids)
    })
  }

  test('goes on past those for whom it fails, and says so', async ({ assert }) => {
    const { ids, next } = users(600)
    const reached: string[] = []

    const done = forEverybody(next, async (userId) => {
      if (userId === ids[0] || userId === ids[550]) throw new RangeError(`not ${userId}`)
      reached.push(userId)
    })

    await assert.rejects(() => done, `not ${ids[0]}`)
    assert.lengthOf(reached, 598)
  })
})
