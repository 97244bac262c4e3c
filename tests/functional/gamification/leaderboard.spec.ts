import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import redis from '@adonisjs/redis/services/main'
import { leaderboard } from '#gamification/services/leaderboard'
import queueConfig from '#config/queue'
import { askForErasure, carryOut, remains } from '#tests/support/erasures'
import { run } from '#tests/support/commands'
import { evaluate, GAMIFICATION, recordedDaysAgo, today } from '#tests/support/habits'
import { household, newcomer, record } from '#tests/support/household'
import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'
import GamificationLeaderboard from '../../../commands/gamification_leaderboard.js'

const PATH = `${GAMIFICATION}/leaderboard`
const ORDER = `${queueConfig.prefix}:leaderboard`

/** Takes all of ours out of Redis; other tests run on the same one. */
async function wipe() {
  const keys = await redis.keys(`${queueConfig.prefix}:leaderboard*`)
  await redis.del(...keys)
}

/** Nicknames are anybody's: these tests look for those nobody else has. */
const nickname = () => `Penny ${randomUUIDv7().slice(-12)}`

function join(client: ApiClient, user: User, name: string) {
  return client
    .put(`${PATH}/participation`)
    .loginAs(user)
    .json({ participates: true, nickname: name })
}

/** Somebody who takes part and was active on so many of the last days. */
async function participant(client: ApiClient, days: number) {
  const { user, checking } = await household({ checking: 0 })
  const name = nickname()
  for (let daysAgo = 0; daysAgo < days; daysAgo++) {
    const booking = { accountId: checking.id, amount: -12_345, bookedOn: today(daysAgo) }
    const { id } = await record(user, booking)
    await recordedDaysAgo(user, [id], daysAgo)
  }
  const joined = await join(client, user, name)
  joined.assertStatus(200)
  await evaluate(user)
  return { user, name }
}

async function seenBy(client: ApiClient, user: User) {
  const response = await client.get(PATH).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

interface ShownPlace {
  nickname: string
  rank: number
  consistency: number
}

const placeOf = (places: ShownPlace[], name: string) =>
  places.find((place) => place.nickname === name)

test.group('Leaderboard', () => {
  test('compares those who take part, in percent', async ({ client, assert }) => {
    const [first, second] = [await participant(client, 28), await participant(client, 14)]

    const seen = await seenBy(client, second.user)

    assert.containsSubset(placeOf(seen.places, first.name), { consistency: 100, rank: 1 })
    assert.containsSubset(placeOf(seen.places, second.name), { consistency: 50, isYou: true })
    assert.equal(seen.you.consistency, 50)
    assert.isAbove(seen.you.rank, 1)
    assert.isBelow(seen.you.percentile, 100)
  })

  test('shows no id and no amount', async ({ client, assert }) => {
    const { user } = await participant(client, 1)
    const other = await participant(client, 1)

    const response = await client.get(PATH).loginAs(other.user)

    assert.notInclude(response.text(), user.id)
    assert.notInclude(response.text(), '12345')
    const [place] = response.body().places
    assert.sameMembers(Object.keys(place), ['rank', 'nickname', 'consistency', 'isYou'])
  })

  test('shows nothing to those who take no part', async ({ client, assert }) => {
    await participant(client, 1)
    const stranger = await newcomer()

    const seen = await seenBy(client, stranger)

    assert.deepEqual(seen, {
      participating: false,
      nickname: null,
      participants: 0,
      you: null,
      places: [],
    })
  })

  test('is left at once', async ({ client, assert }) => {
    const [leaver, other] = [await participant(client, 28), await participant(client, 1)]

    const left = await client
      .put(`${PATH}/participation`)
      .loginAs(leaver.user)
      .json({ participates: false })

    left.assertStatus(200)
    const [seen, own] = [await seenBy(client, other.user), await seenBy(client, leaver.user)]
    assert.isUndefined(placeOf(seen.places, leaver.name))
    assert.isFalse(own.participating)
    assert.isNull(await redis.zscore(ORDER, leaver.user.id))
  })

  test('does not show who has left, though Redis still has them', async ({ client, assert }) => {
    const [leaver, other] = [await participant(client, 28), await participant(client, 1)]
    await client.put(`${PATH}/participation`).loginAs(leaver.user).json({ participates: false })
    await redis.zadd(ORDER, 100, leaver.user.id)

    const seen = await seenBy(client, other.user)

    assert.isUndefined(placeOf(seen.places, leaver.name))
    assert.isNull(await redis.zscore(ORDER, leaver.user.id))
  })

  test('forgets who is erased', async ({ client, assert }) => {
    const { user } = await participant(client, 1)
    const before = await redis.zscore(ORDER, user.id)
    await askForErasure(client, user)

    await carryOut(user)

    assert.isString(before)
    assert.isNull(await redis.zscore(ORDER, user.id))
    assert.deepEqual(await remains(user), [])
  })

  test('follows another nickname', async ({ client, assert }) => {
    const { user, name } = await participant(client, 28)
    const other = nickname()
    await join(client, user, other)

    const { places } = await seenBy(client, user)

    assert.isUndefined(placeOf(places, name))
    assert.isDefined(placeOf(places, other))
  })

  test('refuses {title}')
    .with([
      { title: 'no nickname', body: { participates: true } },
      { title: 'a short one', body: { participates: true, nickname: 'ab' } },
      { title: 'an address', body: { participates: true, nickname: 'ada@example.com' } },
      { title: 'markup', body: { participates: true, nickname: '<b>Ada</b>' } },
      { title: 'text that turns around', body: { participates: true, nickname: 'Ada\u202Eada' } },
      { title: 'a long one', body: { participates: true, nickname: 'a'.repeat(31) } },
    ])
    .run(async ({ client, assert }, { body }) => {
      const user = await newcomer()

      const response = await client.put(`${PATH}/participation`).loginAs(user).json(body)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, 'nickname')
    })
})

test.group('Leaderboard / Redis wiped', () => {
  test('is built anew when somebody looks', async ({ client, assert }) => {
    const [first, second] = [await participant(client, 28), await participant(client, 14)]
    const before = await seenBy(client, second.user)
    await wipe()

    const after = await seenBy(client, second.user)

    assert.deepEqual(after, before)
    assert.equal(await redis.zscore(ORDER, first.user.id), '100')
  })

  test('is whole, though somebody was placed before anybody looked', async ({ client, assert }) => {
    const [first, second] = [await participant(client, 28), await participant(client, 14)]
    await wipe()
    await evaluate(second.user)

    const { places } = await seenBy(client, second.user)

    assert.isDefined(placeOf(places, first.name))
  })

  test('is built anew by a command', async ({ client, assert }) => {
    const { user } = await participant(client, 28)
    await wipe()
    await redis.zadd(ORDER, 3, 'nobody')

    const command = await run(GamificationLeaderboard, [])

    assert.equal(command.exitCode ?? 0, 0)
    assert.equal(await redis.zscore(ORDER, user.id), '100')
    assert.isNull(await redis.zscore(ORDER, 'nobody'))
  })

  test('is read from Postgres where Redis has no answer', async ({ client, assert }) => {
    const [first, second] = [await participant(client, 28), await participant(client, 14)]
    await leaderboard.rebuild()
    await redis.zrem(ORDER, second.user.id)

    const { places, you } = await seenBy(client, second.user)

    assert.isDefined(placeOf(places, first.name))
    assert.equal(you.consistency, 50)
    assert.equal(await redis.zscore(ORDER, second.user.id), '50')
  })

  test('counts nobody whose leaving was lost', async ({ client, assert }) => {
    const { user } = await participant(client, 14)
    const before = await seenBy(client, user)
    await redis.zadd(ORDER, 0, randomUUIDv7())

    const after = await seenBy(client, user)

    assert.deepEqual([after.participants, after.you], [before.participants, before.you])
  })

  test('hears of leaving, though it was slow a moment ago', async ({ client, assert }) => {
    const { user } = await participant(client, 1)
    await redis.call('CLIENT', 'PAUSE', '700', 'ALL')
    await leaderboard.place(user.id, 4)
    await redis.ping()

    await client.put(`${PATH}/participation`).loginAs(user).json({ participates: false })

    assert.isNull(await redis.zscore(ORDER, user.id))
  })
})
