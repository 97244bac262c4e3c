import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { tenant } from '#core/database/tenant'
import JoinChallenge from '#gamification/actions/join_challenge'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import {
  challenge,
  challengePoints,
  evaluate,
  GAMIFICATION,
  pointsByUnit,
  takeUp,
  today,
  told,
  vanish,
} from '#tests/support/habits'
import { household, newcomer, record } from '#tests/support/household'
import type User from '#users/models/user'

const DAY = 24 * 3_600_000

async function recordTen(user: User, accountId: string) {
  const ids: string[] = []
  for (let n = 0; n < 10; n++) {
    const { id } = await record(user, { accountId, amount: -1, bookedOn: today() })
    ids.push(id)
  }
  return ids
}

test.group('Challenges', () => {
  test('are there to be taken up', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.get(`${GAMIFICATION}/challenges`).loginAs(user)

    response.assertStatus(200)
    const all = response.body().data
    assert.isAtLeast(all.length, 8)
    const week = all.find(({ code }: { code: string }) => code === 'steady-week')
    assert.isTrue(week.from <= today() && week.to >= today())
    assert.isFalse(week.participating)
  })

  test('are completed by those who took them up', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const joined = await takeUp(client, user, 'ten-entries')
    await recordTen(user, checking.id)
    await evaluate(user)

    const shown = await challenge(client, user, 'ten-entries')

    joined.assertStatus(201)
    assert.isTrue(joined.body().participating)
    assert.containsSubset(shown, { participating: true, progress: 1, completions: 1 })
    assert.isString(shown.completedAt)
    const points = await pointsByUnit(user)
    const [unit] = Object.keys(points).filter((key) => key.startsWith('challenge:ten-entries:'))
    assert.equal(points[unit], 20)
    assert.deepEqual(await told(user, 'challenge.'), ['challenge.joined', 'challenge.completed'])
  })

  test('remember how far one is until something is written', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const [first] = await recordTen(user, checking.id)
    const progress = async () => {
      const shown = await challenge(client, user, 'ten-entries')
      return shown.progress
    }
    const before = await progress()
    await vanish(user, first)
    const remembered = await progress()
    await tenant.ledger(user.id, (trx) => trx.from('transactions').limit(0).select('id'))

    assert.deepEqual([before, remembered, await progress()], [1, 1, 0.9])
  })

  test('give nothing to those who did not', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await recordTen(user, checking.id)
    await evaluate(user)

    const shown = await challenge(client, user, 'ten-entries')

    assert.containsSubset(shown, { participating: false, progress: 1, completedAt: null })
    assert.deepEqual(await challengePoints(user), [])
  })

  test('count what was done in the period before', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await recordTen(user, checking.id)
    await takeUp(client, user, 'ten-entries')
    await evaluate(user)

    const { completedAt } = await challenge(client, user, 'ten-entries')
    assert.isString(completedAt)
  })

  test('are no longer completed when the cause is gone', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await takeUp(client, user, 'ten-entries')
    const [first] = await recordTen(user, checking.id)
    await evaluate(user)
    await client.delete(`/api/v1/transactions/${first}`).loginAs(user)
    await evaluate(user)

    const shown = await challenge(client, user, 'ten-entries')

    assert.containsSubset(shown, { progress: 0.9, completedAt: null, completions: 0 })
    assert.deepEqual(await challengePoints(user), [])
    assert.include(await told(user, 'challenge.'), 'challenge.completion-revoked')
  })

  test('settle when the month is over, where what is saved may still be spent', async ({
    client,
    assert,
  }) => {
    const { user, checking } = await household({ checking: 0 })
    await takeUp(client, user, 'saving-fifth')
    await record(user, { accountId: checking.id, amount: 1_000, bookedOn: today() })
    await record(user, { accountId: checking.id, amount: -700, bookedOn: today() })
    await record(user, { accountId: checking.id, amount: -100, bookedOn: today() })
    await evaluate(user)
    const during = await challenge(client, user, 'saving-fifth')
    await evaluate(user, new Date(Date.now() + 31 * DAY))

    const points = await pointsByUnit(user)

    assert.containsSubset(during, { progress: 1, completedAt: null })
    assert.equal(points[`challenge:saving-fifth:${today().slice(0, 7)}-01`], 100)
  })

  test('stay as they are in periods that are over', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await takeUp(client, user, 'ten-entries')
    await recordTen(user, checking.id)
    await evaluate(user)
    const before = await pointsByUnit(user)
    await evaluate(user, new Date(Date.now() + 8 * DAY))

    assert.deepEqual(await pointsByUnit(user), before)
  })

  test('are taken up once, however often one says so', async ({ client, assert }) => {
    const user = await newcomer()
    await takeUp(client, user, 'steady-week')

    const again = await takeUp(client, user, 'steady-week')

    again.assertStatus(201)
    assert.deepEqual(await told(user, 'challenge.'), ['challenge.joined'])
  })

  test('can be given up until they are completed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const steady = await takeUp(client, user, 'steady-week')
    const ten = await takeUp(client, user, 'ten-entries')
    await recordTen(user, checking.id)
    await evaluate(user)
    const path = (id: string) => `${GAMIFICATION}/challenges/${id}/participation`

    const left = await client.delete(path(steady.body().id)).loginAs(user)
    const leftAgain = await client.delete(path(steady.body().id)).loginAs(user)
    const completed = await client.delete(path(ten.body().id)).loginAs(user)

    left.assertStatus(204)
    leftAgain.assertStatus(404)
    completed.assertStatus(409)
    const shown = await challenge(client, user, 'steady-week')
    assert.isFalse(shown.participating)
  })

  test('are given up for the week it is, not for another', async ({ client, assert }) => {
    const user = await newcomer()
    const { id } = await challenge(client, user, 'steady-week')
    await new JoinChallenge(new MarkForEvaluation()).handle({
      actor: user,
      id,
      now: new Date(Date.now() + 7 * DAY),
    })
    const path = `${GAMIFICATION}/challenges/${id}/participation`

    const absent = await client.delete(path).loginAs(user)
    await takeUp(client, user, 'steady-week')
    const left = await client.delete(path).loginAs(user)

    absent.assertStatus(404)
    left.assertStatus(204)
    const kept = await tenant.transaction(user.id, (trx) => trx.from('challenge_progress'))
    assert.deepEqual(
      kept.map(({ first_day: from }) => from > today()),
      [true]
    )
  })

  test('that do not exist can be neither taken up nor given up', async ({ client }) => {
    const user = await newcomer()
    const path = `${GAMIFICATION}/challenges/${randomUUIDv7()}/participation`

    const taken = await client.post(path).loginAs(user)
    const left = await client.delete(path).loginAs(user)

    taken.assertStatus(404)
    left.assertStatus(404)
  })

  test('are nobody else’s', async ({ client, assert }) => {
    const [user, stranger] = [await newcomer(), await newcomer()]
    const taken = await takeUp(client, user, 'steady-week')
    const path = `${GAMIFICATION}/challenges/${taken.body().id}/participation`

    const left = await client.delete(path).loginAs(stranger)

    left.assertStatus(404)
    const [theirs, own] = [
      await challenge(client, stranger, 'steady-week'),
      await challenge(client, user, 'steady-week'),
    ]
    assert.deepEqual([theirs.participating, own.participating], [false, true])
  })
})
