import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { ApiProcess } from '#tests/support/api_process'

/** Asks without end, also while nobody answers any more. */
function traffic({ url }: ApiProcess) {
  let isOver = false
  const ask = async () => {
    while (!isOver) await fetch(`${url}/api/v1/wallet/summary`).catch(() => sleep(10))
  }
  const clients = Promise.all(Array.from({ length: 5 }, ask))
  return {
    stop: async () => {
      isOver = true
      await clients
    },
  }
}

test.group('Shutdown', (group) => {
  group.each.timeout(180_000)

  test('ends a busy API on SIGTERM', async ({ assert, cleanup }) => {
    for (let time = 0; time < 2; time++) {
      const api = await ApiProcess.start()
      const { stop } = traffic(api)
      cleanup(stop)
      await sleep(1_000)

      await assert.doesNotReject(() => api.stop())
    }
  })

  test('ends an API to which somebody connected without asking anything', async ({
    assert,
    cleanup,
  }) => {
    const api = await ApiProcess.start()
    const silent = connect(Number(new URL(api.url).port), '127.0.0.1')
    cleanup(() => void silent.destroy())
    await sleep(200)

    await assert.doesNotReject(() => api.stop())
  })

  test('ends an API that is just starting', async ({ assert, cleanup }) => {
    const api = await ApiProcess.begin()
    cleanup(() => api.stop())
    while (!api.log.includes('started HTTP server')) await sleep(1)

    await assert.doesNotReject(() => api.stop())
  })
})
