import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { tenant } from '#core/database/tenant'
import EvaluateHabits from '#gamification/actions/evaluate_habits'
import { addDays } from '#gamification/domain/days'
import { localDay } from '#gamification/domain/local_day'
import { Replay } from '#gamification/queries/replay'
import type User from '#users/models/user'

export const GAMIFICATION = '/api/v1/gamification'

/** The day it is for users of the tests, or so many days before. */
export function today(daysAgo = 0) {
  return addDays(localDay(new Date(), 'UTC'), -daysAgo)
}

/** Does what the worker does once something has happened to the user's books. */
export async function evaluate(user: Pick<User, 'id'>, now?: Date) {
  const evaluateHabits = await app.container.make(EvaluateHabits)
  await evaluateHabits.handle({ userId: user.id, now })
}

/** Points by what they are for, as the entries of the ledger add up. */
export async function pointsByUnit(user: Pick<User, 'id'>): Promise<Record<string, number>> {
  return tenant.transaction(user.id, async (trx) => {
    const { rows } = await trx.rawQuery(
      `SELECT concat_ws(':', source, code, period) AS unit, sum(amount)::int AS points
       FROM point_transactions GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1`
    )
    return Object.fromEntries(
      rows.map(({ unit, points }: { unit: string; points: number }) => [unit, points])
    )
  })
}

/** Points for one unit, undefined when it has none. */
export async function pointsFor(user: Pick<User, 'id'>, unit: string) {
  const points = await pointsByUnit(user)
  return points[unit] as number | undefined
}

/** Points for challenges, however many. */
export async function challengePoints(user: Pick<User, 'id'>) {
  const points = await pointsByUnit(user)
  return Object.keys(points).filter((unit) => unit.startsWith('challenge:'))
}

/** Every entry of the ledger, oldest first. */
export async function pointEntries(user: Pick<User, 'id'>) {
  return tenant.transaction(user.id, (trx) => trx.from('point_transactions').orderBy('position'))
}

export async function balanceOf(user: Pick<User, 'id'>): Promise<number> {
  const entries = await pointEntries(user)
  return entries.at(-1)?.balance ?? 0
}

/** Codes of the badges a user has. */
export async function badgesOf(user: Pick<User, 'id'>): Promise<string[]> {
  return tenant.transaction(user.id, async (trx) => {
    const rows = await trx
      .from('user_badges')
      .join('badges', 'badges.id', 'user_badges.badge_id')
      .whereNull('revoked_at')
      .orderBy('code')
      .select('code')
    return rows.map(({ code }) => code)
  })
}

/** Forges the balance of the second entry. */
export async function sayBalance({ id }: Pick<User, 'id'>, balance: number) {
  await db.connection('owner').transaction(async (trx) => {
    await trx.rawQuery(`SELECT set_config('finora.user_id', ?, true)`, [id])
    await trx.rawQuery('UPDATE point_transactions SET balance = ? WHERE position = 2', [balance])
  })
}

/** What the replay from scratch finds wrong. */
export async function replayed(user: Pick<User, 'id'>, now?: Date) {
  const { differences } = await new Replay().handle(user.id, { fromScratch: true, now })
  return differences
}

/** Makes it look as if these transactions had been recorded so many days ago. */
export async function recordedDaysAgo(user: Pick<User, 'id'>, ids: string[], days: number) {
  await tenant.ledger(user.id, (trx) =>
    trx.rawQuery(
      `UPDATE transactions SET created_at = now() - ? * interval '1 day' WHERE id = ANY(?)`,
      [days, ids] as never
    )
  )
}

/** Makes it look as if everything had been recorded at noon of its day. */
export async function recordedInTime(user: Pick<User, 'id'>) {
  await tenant.ledger(user.id, (trx) =>
    trx.rawQuery(
      `UPDATE transactions SET created_at = (booked_on + time '12:00') AT TIME ZONE 'UTC'`
    )
  )
}

/** Takes a transaction away without moving the ledger's version on, as nothing else does. */
export async function vanish({ id: userId }: Pick<User, 'id'>, id: string) {
  await tenant.transaction(userId, async (trx) => {
    await trx.rawQuery(
      `SELECT set_config('finora.ledger_version', ledger_version::text, true) FROM users`
    )
    await trx.from('transactions').where('id', id).delete()
  })
}

/** The actions in a user's audit log, oldest first, of these subjects. */
export async function told(user: Pick<User, 'id'>, prefix: string): Promise<string[]> {
  return tenant.transaction(user.id, async (trx) => {
    const rows = await trx
      .from('audit_logs')
      .whereLike('action', `${prefix}%`)
      .orderBy('position')
      .select('action')
    return rows.map(({ action }) => action)
  })
}

interface ShownBadge {
  code: string
  progress: number
  earned: boolean
  earnedAt: string | null
  revokedAt: string | null
}

export async function badge(client: ApiClient, user: User, code: string): Promise<ShownBadge> {
  const response = await client.get(`${GAMIFICATION}/badges`).loginAs(user)
  response.assertStatus(200)
  return response.body().data.find((each: ShownBadge) => each.code === code)
}

export interface ShownChallenge {
  id: string
  code: string
  participating: boolean
  progress: number
  completedAt: string | null
  completions: number
}

export async function challenge(
  client: ApiClient,
  user: User,
  code: string
): Promise<ShownChallenge> {
  const response = await client.get(`${GAMIFICATION}/challenges`).loginAs(user)
  response.assertStatus(200)
  return response.body().data.find((each: ShownChallenge) => each.code === code)
}

export async function takeUp(client: ApiClient, user: User, code: string) {
  const { id } = await challenge(client, user, code)
  return client.post(`${GAMIFICATION}/challenges/${id}/participation`).loginAs(user)
}
