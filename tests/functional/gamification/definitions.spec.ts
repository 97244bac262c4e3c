import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ValidationFailed } from '#core/http/problem'
import PublishDefinition, { type Definition } from '#gamification/actions/publish_definition'
import RetireDefinition from '#gamification/actions/retire_definition'
import {
  badge,
  badgesOf,
  challenge,
  evaluate,
  pointEntries,
  pointsFor,
  replayed,
  today,
  told,
} from '#tests/support/habits'
import { household, newcomer, record } from '#tests/support/household'
import type User from '#users/models/user'

async function publish(actor: User, definition: Definition) {
  const action = await app.container.make(PublishDefinition)
  return action.handle({ actor, ...definition })
}

const entries = (value: number) => ({ fact: 'transactionsRecorded', op: '>=', value })

/** A badge of one test: those in force are everybody's. */
function draft(details: Partial<Definition> = {}): Definition {
  return {
    kind: 'badge',
    code: `test-${randomUUIDv7()}`,
    name: 'Test',
    description: 'A badge of a test.',
    tier: 'bronze',
    points: 7,
    condition: entries(2),
    ...details,
  } as Definition
}

/** Somebody who has recorded two transactions, and an operator. */
async function two() {
  const { user, checking } = await household({ checking: 0 })
  for (let n = 0; n < 2; n++) {
    await record(user, { accountId: checking.id, amount: -1, bookedOn: today() })
  }
  return { user, operator: await newcomer() }
}

test.group('Definitions', () => {
  test('are in force once they are published', async ({ client, assert, cleanup }) => {
    const { user, operator } = await two()
    const definition = draft()
    const published = await publish(operator, definition)
    cleanup(() =>
      new RetireDefinition().handle({ actor: operator, kind: 'badge', code: definition.code })
    )
    await evaluate(user)

    assert.equal(published.version, 1)
    const shown = await badge(client, user, definition.code)
    assert.isTrue(shown.earned)
    assert.equal(await pointsFor(user, `badge:${definition.code}`), 7)
    assert.deepEqual(await told(operator, 'badge.'), ['badge.published'])
  })

  test('of another version judge everybody anew', async ({ assert, cleanup }) => {
    const { user, operator } = await two()
    const definition = draft()
    cleanup(() =>
      new RetireDefinition().handle({ actor: operator, kind: 'badge', code: definition.code })
    )
    await publish(operator, definition)
    await evaluate(user)
    await publish(operator, { ...definition, points: 9 })
    await evaluate(user)
    const worthMore = await pointEntries(user)
    const { version } = await publish(operator, { ...definition, condition: entries(3) })
    await evaluate(user)

    const entriesOfIt = await pointEntries(user)
    const causes = entriesOfIt
      .filter(({ code }) => code === definition.code)
      .map(({ amount, cause }) => [amount, cause])
    assert.equal(version, 3)
    assert.deepEqual(causes, [
      [7, 'earned'],
      [2, 'rules-changed'],
      [-9, 'cause-gone'],
    ])
    assert.equal(worthMore.at(-1)!.version, 2)
    assert.notInclude(await badgesOf(user), definition.code)
    assert.deepEqual(await replayed(user), [])
  })

  test('that are retired are kept by those who have them', async ({ client, assert }) => {
    const { user, operator } = await two()
    const definition = draft()
    await publish(operator, definition)
    await evaluate(user)
    await new RetireDefinition().handle({ actor: operator, kind: 'badge', code: definition.code })
    await evaluate(user)
    const stranger = await newcomer()

    assert.include(await badgesOf(user), definition.code)
    const shown = await badge(client, user, definition.code)
    assert.isTrue(shown.earned)
    assert.isUndefined(await badge(client, stranger, definition.code))
    assert.deepEqual(await replayed(user), [])
  })

  test('of challenges are shown to all', async ({ client, assert, cleanup }) => {
    const [user, operator] = [await newcomer(), await newcomer()]
    const definition = draft({ kind: 'challenge', period: 'week', settles: 'at-once' })
    cleanup(() =>
      new RetireDefinition().handle({ actor: operator, kind: 'challenge', code: definition.code })
    )
    await publish(operator, definition)

    assert.containsSubset(await challenge(client, user, definition.code), { participating: false })
  })

  test('refuse {title}')
    .with([
      {
        title: 'a fact nobody knows',
        details: { condition: { fact: 'horoscope', op: '>=', value: 1 } },
        field: 'condition.fact',
      },
      {
        title: 'what a week can’t tell',
        details: {
          kind: 'challenge' as const,
          period: 'week' as const,
          settles: 'at-end' as const,
          condition: { fact: 'savingsRate', op: '>=', value: 0.1 },
        },
        field: 'condition.fact',
      },
      { title: 'points without end', details: { points: 10_001 }, field: 'points' },
      { title: 'half a point', details: { points: 0.5 }, field: 'points' },
      { title: 'a code with spaces', details: { code: 'two words' }, field: 'code' },
    ])
    .run(async ({ assert }, { details, field }) => {
      const operator = await newcomer()

      try {
        await publish(operator, draft(details as Partial<Definition>))
        assert.fail('it was published')
      } catch (error) {
        assert.instanceOf(error, ValidationFailed)
        assert.deepEqual(
          (error as ValidationFailed).errors!.map((each) => each.field),
          [field]
        )
      }
    })
})
