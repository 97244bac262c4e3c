import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { levelOf } from '#gamification/domain/level'
import type { Streak } from '#gamification/domain/streak'
import type { PointEntry } from '#gamification/queries/point_history'

export interface Points {
  balance: number
  streak: Streak
  history: PointEntry[]
  nextCursor: string | null
}

const entrySchema = s.resource('PointEntry', {
  id: s.id(),
  source: s.enumOf(['rule', 'badge', 'challenge']),
  code: s.text({ description: 'Of the rule, badge or challenge' }),
  name: s.nullable(s.text({ description: 'Of the badge or challenge' })),
  period: s.nullable(
    s.day({ description: 'The day of a rule, the first of a challenge’s period' })
  ),
  amount: s.integer({ description: 'Negative where it takes back' }),
  balance: s.integer({ description: 'Points there were after it' }),
  cause: s.enumOf(['earned', 'cause-gone', 'rules-changed']),
  createdAt: s.instant(),
})

export const pointsSchema = s.resource('Points', {
  balance: s.integer(),
  level: s.object({
    number: s.integer({ minimum: 1 }),
    from: s.integer({ description: 'Points at which it begins: 50·n·(n − 1)' }),
    next: s.integer({ description: 'Points at which the next one does' }),
  }),
  streak: s.object({
    current: s.integer({
      description: 'Active days in a row; today counts once you did something',
    }),
    longest: s.integer(),
    freezes: s.integer({ description: 'Days you may still miss: one per seven days, two at most' }),
    lastActiveOn: s.nullable(s.day()),
  }),
  history: s.array(entrySchema, { description: 'Newest first' }),
  meta: s.object({
    nextCursor: s.nullable(s.text({ description: 'Pass as `cursor` for the next page' })),
  }),
})

export default class PointsTransformer extends Transformer<Points> {
  toObject() {
    const { balance, streak, history, nextCursor } = this.resource
    const { number, from, next } = levelOf(balance)
    const { current, longest, freezes, lastDay } = streak
    return {
      balance,
      level: { number, from, next },
      streak: { current, longest, freezes, lastActiveOn: lastDay },
      history: history.map((entry) => ({
        id: entry.id,
        source: entry.source,
        code: entry.code,
        name: entry.name,
        period: entry.period,
        amount: entry.amount,
        balance: entry.balance,
        cause: entry.cause,
        createdAt: entry.createdAt.toISOString(),
      })),
      meta: { nextCursor },
    }
  }
}
