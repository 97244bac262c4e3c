import { test } from '@japa/runner'
import { ExchangesUnderWay } from '#auth/domain/exchanges_under_way'

const OVERLAPS = (overlaps: boolean) => Promise.resolve(overlaps)

test.group('Exchanges under way', () => {
  test('overlap while one is unanswered', async ({ assert }) => {
    const exchanges = new ExchangesUnderWay()
    const { promise, resolve } = Promise.withResolvers<void>()

    const first = exchanges.run('a', performance.now(), () => promise)
    const second = await exchanges.run('a', performance.now(), OVERLAPS)
    resolve()
    await first

    assert.isTrue(second)
  })

  test('overlap when they came before the answer', async ({ assert }) => {
    const exchanges = new ExchangesUnderWay()
    const cameBefore = performance.now()
    await exchanges.run('a', performance.now(), OVERLAPS)

    assert.isTrue(await exchanges.run('a', cameBefore, OVERLAPS))
  })

  test('follow each other after the answer', async ({ assert }) => {
    const exchanges = new ExchangesUnderWay()
    await exchanges.run('a', performance.now(), OVERLAPS)

    assert.isFalse(await exchanges.run('a', performance.now() + 1, OVERLAPS))
  })

  test('overlap with a failed one too', async ({ assert }) => {
    const exchanges = new ExchangesUnderWay()
    const cameBefore = performance.now()
    await assert.rejects(() =>
      exchanges.run('a', performance.now(), () => Promise.reject(new Error('gone')))
    )

    assert.isTrue(await exchanges.run('a', cameBefore, OVERLAPS))
  })

  test('are counted by family', async ({ assert }) => {
    const exchanges = new ExchangesUnderWay()
    const cameBefore = performance.now()
    await exchanges.run('a', performance.now(), OVERLAPS)

    assert.isFalse(await exchanges.run('b', cameBefore, OVERLAPS))
  })
})
