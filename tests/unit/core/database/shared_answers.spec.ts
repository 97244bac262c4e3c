import { test } from '@japa/runner'
import { SharedAnswers } from '#core/database/shared_answers'

/** Questions that are answered by hand, in the order in which they were asked. */
function oracle() {
  const shared = new SharedAnswers<number>()
  const open: PromiseWithResolvers<number>[] = []
  return {
    open,
    ask: (key = 'a') =>
      shared.ask(key, () => {
        const question = Promise.withResolvers<number>()
        open.push(question)
        return question.promise
      }),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

test.group('Shared answers', () => {
  test('never give one that began before', async ({ assert }) => {
    const { ask, open, settled } = oracle()
    const first = ask()
    const late = [ask(), ask(), ask()]

    open[0].resolve(1)
    await settled()
    open[1].resolve(2)

    assert.equal(await first, 1)
    assert.deepEqual(await Promise.all(late), [2, 2, 2])
    assert.lengthOf(open, 2)
  })

  test('keep keys apart', async ({ assert }) => {
    const { ask, open } = oracle()
    const answers = [ask('a'), ask('b')]

    open[0].resolve(1)
    open[1].resolve(2)

    assert.deepEqual(await Promise.all(answers), [1, 2])
  })

  test('survive a question that failed', async ({ assert }) => {
    const { ask, open, settled } = oracle()
    const [first, second] = [ask(), ask()]
    open[0].reject(new Error('gone'))
    await assert.rejects(() => first, 'gone')
    await settled()
    open[1].resolve(2)
    const third = ask()
    await settled()
    open.at(-1)!.resolve(3)

    assert.equal(await second, 2)
    assert.include([2, 3], await third)
  })

  test('remember nothing', async ({ assert }) => {
    const { ask, open, settled } = oracle()
    const first = ask()
    open[0].resolve(1)
    await first
    await settled()

    const second = ask()
    open[1].resolve(2)

    assert.equal(await second, 2)
  })
})
