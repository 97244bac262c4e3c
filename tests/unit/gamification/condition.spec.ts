import { test } from '@japa/runner'
import fc from 'fast-check'
import { ValidationFailed } from '#core/http/problem'
import { isMet, progressOf, type Condition } from '#gamification/domain/condition'
import { parseCondition } from '#gamification/domain/condition_parser'
import { DayCounts, Figures, Standing, type Facts } from '#gamification/domain/facts'
import { facts as known } from '#gamification/queries/facts/registry'
import { badges, challenges } from '#database/gamification/starting_set'

const FACTS: Facts = {
  entries: { meaning: 'Entries', measure: 'count', grain: 'day' },
  share: { meaning: 'A share', measure: 'share', grain: 'month' },
  accounts: { meaning: 'Accounts', measure: 'count' },
}

function situation({ entries = {}, share = 0, accounts = 0 } = {}) {
  const figures = new Figures({
    entries: new DayCounts(new Map(Object.entries(entries))),
    share: new Standing(share),
    accounts: new Standing(accounts),
  })
  return { figures, today: '2026-03-31' }
}

const is = (op: '>=' | '>' | '<=' | '<' | '=', value: number, fact = 'accounts'): Condition => ({
  fact,
  op,
  value,
})

function refusals(written: unknown, period?: 'week' | 'month') {
  try {
    parseCondition(written, { facts: FACTS, period })
    return []
  } catch (error) {
    if (!(error instanceof ValidationFailed)) throw error
    return error.errors!.map(({ field, rule }) => `${field} ${rule}`)
  }
}

test.group('Conditions / met and progress', () => {
  test('{title}')
    .with([
      { title: 'at least, not yet', condition: is('>=', 4), accounts: 1, progress: 0.25 },
      { title: 'at least, exactly', condition: is('>=', 4), accounts: 4, progress: 1 },
      { title: 'at least, beyond', condition: is('>=', 4), accounts: 9, progress: 1 },
      { title: 'more than, exactly', condition: is('>', 4), accounts: 4, progress: 0.9999 },
      { title: 'more than, beyond', condition: is('>', 4), accounts: 5, progress: 1 },
      { title: 'at most, within', condition: is('<=', 4), accounts: 3, progress: 1 },
      { title: 'at most, twice as much', condition: is('<=', 4), accounts: 8, progress: 0.5 },
      { title: 'none, one', condition: is('<=', 0), accounts: 1, progress: 0 },
      { title: 'less than, exactly', condition: is('<', 4), accounts: 4, progress: 0.9999 },
      { title: 'exactly', condition: is('=', 4), accounts: 4, progress: 1 },
      { title: 'not exactly', condition: is('=', 4), accounts: 3, progress: 0 },
      {
        title: 'all, half of them',
        condition: { all: [is('>=', 2), is('>=', 4)] },
        accounts: 2,
        progress: 0.75,
      },
      {
        title: 'all, with a limit that is kept',
        condition: { all: [is('>=', 4), is('<=', 9)] },
        accounts: 1,
        progress: 0.25,
      },
      {
        title: 'all, with a limit that is exceeded',
        condition: { all: [is('>=', 10), is('<=', 2)] },
        accounts: 4,
        progress: 0.2,
      },
      {
        title: 'any, the nearest',
        condition: { any: [is('>=', 8), is('>=', 4)] },
        accounts: 2,
        progress: 0.5,
      },
      { title: 'not, met', condition: { not: is('>=', 4) }, accounts: 2, progress: 1 },
      { title: 'not, not met', condition: { not: is('>=', 2) }, accounts: 2, progress: 0 },
      { title: 'of less than nothing', condition: is('>=', 4), accounts: -3, progress: 0 },
      { title: 'of a third', condition: is('>=', 3), accounts: 1, progress: 0.3333 },
    ])
    .run(({ assert }, { condition, accounts, progress }) => {
      const asked = situation({ accounts })

      assert.equal(progressOf(condition as Condition, asked), progress)
      assert.equal(isMet(condition as Condition, asked), progress === 1)
    })

  test('reads a fact within {title}')
    .with([
      { title: 'everything', condition: is('>=', 3, 'entries'), period: undefined },
      {
        title: 'its window',
        condition: { ...is('>=', 2, 'entries'), window: { days: 2 } },
        period: undefined,
      },
      {
        title: 'the period of a challenge',
        condition: is('>=', 1, 'entries'),
        period: { from: '2026-03-01', to: '2026-03-29' },
      },
    ])
    .run(({ assert }, { condition, period }) => {
      const asked = situation({ entries: { '2026-03-29': 1, '2026-03-30': 1, '2026-03-31': 1 } })
      const more = { ...condition, value: (condition as { value: number }).value + 1 }

      assert.isTrue(isMet(condition as Condition, { ...asked, period }))
      assert.isFalse(isMet(more as Condition, { ...asked, period }))
    })

  test('is 1 exactly when it is met', ({ assert }) => {
    const comparison = fc.record({
      fact: fc.constantFrom('entries', 'share', 'accounts'),
      op: fc.constantFrom('>=', '>', '<=', '<', '='),
      value: fc.integer({ min: -5, max: 10 }),
    })
    const { condition } = fc.letrec((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        comparison,
        fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie('condition') })
      ),
    }))

    fc.assert(
      fc.property(condition, fc.nat({ max: 12 }), fc.nat({ max: 12 }), (written, accounts, n) => {
        const asked = situation({ accounts, share: n / 12, entries: { '2026-03-31': n } })
        const progress = progressOf(written as Condition, asked)
        assert.equal(progress === 1, isMet(written as Condition, asked))
        assert.isTrue(progress >= 0 && progress <= 1)
      }),
      { numRuns: 500 }
    )
  })
})

test.group('Conditions / written', () => {
  test('refuses {title}')
    .with([
      { title: 'no object', written: 'entries', refused: 'condition object' },
      { title: 'null', written: null, refused: 'condition object' },
      {
        title: 'a fact nobody knows',
        written: is('>=', 1, 'horoscope'),
        refused: 'condition.fact fact',
      },
      {
        title: 'a fact that every object has',
        written: is('>=', 1, 'constructor'),
        refused: 'condition.fact fact',
      },
      {
        title: 'an operator nobody knows',
        written: { ...is('>=', 1), op: '!=' },
        refused: 'condition.op enum',
      },
      {
        title: 'a text as value',
        written: { ...is('>=', 1), value: '1' },
        refused: 'condition.value number',
      },
      { title: 'half an account', written: is('>=', 0.5), refused: 'condition.value integer' },
      {
        title: 'more than the whole',
        written: is('>=', 1.1, 'share'),
        refused: 'condition.value share',
      },
      { title: 'an empty list', written: { all: [] }, refused: 'condition.all array' },
      {
        title: 'what is wrong deep inside',
        written: { all: [is('>=', 1), { not: is('>=', 1, 'horoscope') }] },
        refused: 'condition.all.1.not.fact fact',
      },
      {
        title: 'two combinations at once',
        written: { all: [is('>=', 1)], any: [is('>=', 1)] },
        refused: 'condition.any unknown',
      },
      {
        title: 'a field nobody knows',
        written: { ...is('>=', 1), currency: 'EUR' },
        refused: 'condition.currency unknown',
      },
      {
        title: 'days of what has none',
        written: { ...is('>=', 1), window: { days: 3 } },
        refused: 'condition.window grain',
      },
      {
        title: 'a window of no days',
        written: { ...is('>=', 1, 'entries'), window: { days: 0 } },
        refused: 'condition.window window',
      },
      {
        title: 'months within a week',
        written: is('>=', 0.5, 'share'),
        period: 'week' as const,
        refused: 'condition.fact grain',
      },
      {
        title: 'what is only now within a month',
        written: is('>=', 1),
        period: 'month' as const,
        refused: 'condition.fact grain',
      },
      {
        title: 'six levels',
        written: { not: { not: { not: { not: { not: is('>=', 1) } } } } },
        refused: 'condition.not.not.not.not.not depth',
      },
      {
        title: 'too many comparisons',
        written: { all: Array.from({ length: 21 }, () => is('>=', 1)) },
        refused: 'condition.all.20 comparisons',
      },
    ])
    .run(({ assert }, { written, period, refused }) => {
      assert.deepEqual(refusals(written, period), [refused])
    })

  test('names everything that is wrong at once', ({ assert }) => {
    const written = { all: [is('>=', 0.5), is('>=', 1, 'horoscope')] }

    assert.deepEqual(refusals(written), [
      'condition.all.0.value integer',
      'condition.all.1.fact fact',
    ])
  })

  test('takes {code} of the starting set')
    .with([
      ...badges.map(({ code, condition }) => ({ code, condition, period: undefined })),
      ...challenges,
    ])
    .run(({ assert }, { condition, period }) => {
      assert.deepEqual(parseCondition(condition, { facts: known, period }), condition as Condition)
    })

  test('starts with twenty badges and eight challenges', ({ assert }) => {
    assert.lengthOf(new Set(badges.map(({ code }) => code)), 20)
    assert.lengthOf(new Set(challenges.map(({ code }) => code)), 8)
  })
})
