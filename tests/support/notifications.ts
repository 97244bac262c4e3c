import { randomUUIDv7 } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import type { Stretch } from '#core/activity/activity'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'
import EvaluateAlerts from '#notifications/actions/evaluate_alerts'
import type { KindName } from '#notifications/domain/kinds'
import TellUser from '#notifications/jobs/tell_user'
import Notification from '#notifications/models/notification'
import type User from '#users/models/user'

export const PATH = '/api/v1/notifications'

/** Tells a user something, as if it had happened. Answers the id. */
export async function told(
  user: User,
  { kind = 'import.failed' as KindName, title = 'Your import failed', body = 'It did' } = {}
): Promise<string> {
  const id = await tenant.transaction(user.id, (trx) =>
    Notification.tell(
      { userId: user.id, eventId: randomUUIDv7(), kind, title, body, subject: null, inApp: true },
      trx
    )
  )
  return id!
}

/** Everything that was published of a user so far, the oldest first. */
export async function stretchesOf(user: User): Promise<Stretch[]> {
  const rows = await system.transaction((trx) =>
    trx
      .from('outbox')
      .where('job', 'publish-activity')
      .whereRaw(`payload->>'userId' = ?`, [user.id])
      .orderBy('id')
      .select('payload')
  )
  return rows.map(({ payload }) => payload as Stretch)
}

/** Does what the workers do about everything that happened to a user: alerts, then words. */
export async function tellAll(user: User) {
  const ask = await app.container.make(AskForEvaluation)
  const evaluate = await app.container.make(EvaluateAlerts)
  const tell = await app.container.make(TellUser)
  const done = new Set<number>()
  for (;;) {
    const stretches = await stretchesOf(user)
    const next = stretches.filter(({ first }) => !done.has(first))
    if (next.length === 0) return
    for (const stretch of next) {
      done.add(stretch.first)
      await ask.handle(stretch)
      await evaluate.handle(stretch)
      await tell.handle(stretch)
    }
  }
}

/** What a client sends to be told as usual. */
export const AS_USUAL = { kinds: [], quietHours: null, digest: 'off', digestAt: 8 }

export async function prefer(client: ApiClient, user: User, wishes: object) {
  const response = await client
    .put(`${PATH}/preferences`)
    .loginAs(user)
    .json({ ...AS_USUAL, ...wishes })
  response.assertStatus(200)
  return response.body()
}

/** Mails of the outbox that are to be sent to a user, and when. */
export async function mailsDue(user: User, job: 'mail-notification' | 'mail-digest') {
  const rows = await system.transaction((trx) =>
    trx
      .from('outbox')
      .where('job', job)
      .whereRaw(`payload->>'userId' = ?`, [user.id])
      .orderBy('id')
      .select('payload', 'available_at')
  )
  return rows as { payload: Record<string, string>; available_at: Date }[]
}

/** Somebody whose address is known to be theirs. */
export async function confirmed(user: User) {
  await tenant.transaction(user.id, (trx) => user.confirmEmail(user.email, trx))
  return user
}
