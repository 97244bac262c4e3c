import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { balanceOf, evaluate, GAMIFICATION, pointEntries, today, told } from '#tests/support/habits'
import { eventually } from '#tests/support/eventually'
import { household, PASSWORD, record } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'
import { PrivateRedis, WorkerProcess } from '#tests/support/worker_process'
import type User from '#users/models/user'

/** Jobs of others would hold up the worker. */
async function emptyOutbox() {
  await system.transaction((trx) => trx.from('outbox').delete())
}

async function evaluationsOf(user: User) {
  return system.transaction(async (trx) => {
    const rows = await trx
      .from('outbox')
      .where('job', 'evaluate-habits')
      .whereRaw(`payload->>'userId' = ?`, [user.id])
    return rows.length
  })
}

async function isSettled(user: User) {
  return system.transaction(async (trx) => {
    const state = await trx.from('gamification_states').where('user_id', user.id).first()
    const open = await trx
      .from('outbox')
      .whereIn('job', ['publish-activity', 'note-habits', 'evaluate-habits'])
      .whereRaw(`payload->>'userId' = ?`, [user.id])
      .whereNull('finished_at')
      .first()
    return state?.evaluated_at && !state.marked_at && !open
  })
}

test.group('Habits / worker', (group) => {
  let redis: PrivateRedis

  group.each.timeout(180_000)
  group.each.setup(async () => {
    await emptyOutbox()
    redis = new PrivateRedis()
    await redis.start()
    return () => redis.stop()
  })

  const start = () =>
    new WorkerProcess({ queue: 'gamification,notifications', redisPort: redis.port, silence: 3 })

  test('evaluates a burst a few times, and misses nothing of it', async ({ assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    const worker = start()
    cleanup(() => worker.kill())
    for (let n = 0; n < 60; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    }

    await eventually(() => isSettled(user), 60_000)

    assert.equal(await balanceOf(user), 30)
    assert.isBelow(await evaluationsOf(user), 15)
    assert.deepEqual(await told(user, 'badge.'), ['badge.awarded'])
  })

  test('killed again and again, gives everything once', async ({ assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    let worker = start()
    cleanup(() => worker.kill())
    for (let n = 0; n < 12; n++) {
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
      await sleep(700)
      if (n % 3 === 2) {
        await worker.kill()
        worker = start()
      }
    }

    await eventually(() => isSettled(user), 90_000)

    assert.equal(await balanceOf(user), 30)
    const entries = await pointEntries(user)
    assert.equal(
      entries.reduce((sum, { amount }) => sum + amount, 0),
      30
    )
  })

  test('flushed, evaluates all the same', async ({ assert, cleanup }) => {
    const { user, checking } = await household({ checking: 0 })
    const worker = start()
    cleanup(() => worker.kill())
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
    await redis.flush()

    await eventually(() => isSettled(user), 90_000)

    assert.equal(await balanceOf(user), 12)
  })
})

test.group('Leaderboard / Redis lost', (group) => {
  const redis = new PrivateRedis()
  let server: ServerProcess

  group.each.timeout(120_000)
  group.each.setup(async () => {
    await redis.start()
    server = new ServerProcess({
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: '',
      LOG_LEVEL: 'silent',
    })
    await server.start()
    return async () => {
      redis.thaw()
      await Promise.all([server.stop(), redis.stop()])
    }
  })

  test('answers the same after: {$self}')
    .with(['flush', 'stop', 'freeze'] as const)
    .run(async ({ assert }, loss) => {
      const { user, checking } = await household({ checking: 0 })
      await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
      const login = await server.ask('/api/v1/auth/login', {
        json: { email: user.email, password: PASSWORD },
      })
      const headers = { authorization: `Bearer ${JSON.parse(login.text).accessToken}` }
      await server.ask(`${GAMIFICATION}/leaderboard/participation`, {
        method: 'PUT',
        headers,
        json: { participates: true, nickname: 'Penny Wise' },
      })
      await evaluate(user)
      await redis.flush()
      const seen = async () => {
        const { status, text } = await server.ask(`${GAMIFICATION}/leaderboard`, { headers })
        return { status, ...JSON.parse(text) }
      }
      const before = await seen()
      await redis[loss]()

      const after = await seen()

      assert.deepEqual([before.status, before.you.consistency], [200, 3])
      assert.deepEqual(after, before)
    })
})
