import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { HOSTILE_BODIES } from '#tests/support/hostile_bodies'
import { postRaw, serverAddress } from '#tests/support/raw_http'
import { work } from '#tests/support/work'

/** Every path something can be posted to, whatever it takes to be allowed to. */
function postRoutes() {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ methods }) => methods.includes('POST'))
    .map(({ pattern }) => pattern.replace(/:\w+/g, '0199c0de-0000-7000-8000-000000000000'))
}

/** Asks for health until it is told to stop; gives what it was told, and after what. */
function watchHealth() {
  const answers: { status: number; milliseconds: number; worked: number }[] = []
  let watching = true
  const ask = async () => {
    const { port } = serverAddress()
    while (watching) {
      const startedAt = performance.now()
      const worked = work()
      const { status } = await fetch(`http://127.0.0.1:${port}/health`)
      answers.push({ status, milliseconds: performance.now() - startedAt, worked: worked() })
      await sleep(25)
    }
  }
  const done = ask()
  return async () => {
    watching = false
    await done
    return answers
  }
}

test.group('Hostile bodies', () => {
  test('get a 4xx everywhere: {$self}')
    .with(Object.keys(HOSTILE_BODIES))
    .run(async ({ assert }, name) => {
      const paths = postRoutes()
      const stop = watchHealth()

      const answers = await Promise.all(
        paths.map(async (path) => ({ path, ...(await postRaw(path, HOSTILE_BODIES[name])) }))
      )

      const health = await stop()
      assert.isAbove(paths.length, 8)
      for (const { path, status, answer } of answers) {
        const isCutOff = HOSTILE_BODIES[name].truncated && status === 0
        assert.isTrue(isCutOff || (status >= 400 && status < 500), `${path} ${status} ${answer}`)
        assert.notMatch(answer, /call stack|node_modules|\.ts:\d|at Object\./i)
      }
      assert.deepEqual([...new Set(health.map(({ status }) => status))], [200])
      assert.isBelow(Math.max(...health.map(({ worked }) => worked)), 1_000)
      assert.isBelow(Math.max(...health.map(({ milliseconds }) => milliseconds)), 5_000)
    })

  test('leave nothing in the temporary folder', async ({ assert }) => {
    const before = await readdir(tmpdir())
    const uploads = Object.values(HOSTILE_BODIES).filter(({ headers }) =>
      headers?.['content-type']?.startsWith('multipart')
    )

    for (const body of uploads) await postRaw('/api/v1/transactions/imports', body)

    const after = await readdir(tmpdir())
    assert.deepEqual(
      after.filter((name) => !before.includes(name) && !/^bash|finora/.test(name)),
      []
    )
  })
})
