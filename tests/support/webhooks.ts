import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { system } from '#core/database/system'
import Deliver from '#notifications/actions/deliver_webhook'
import type User from '#users/models/user'

export const WEBHOOKS = '/api/v1/notifications/webhooks'

/** A webhook at a port that nobody has. */
export const UNREACHABLE = { url: 'http://127.0.0.2:9/hook', events: ['*'] }

export async function makeWebhook(client: ApiClient, user: User, body: object) {
  const response = await client.post(WEBHOOKS).loginAs(user).json(body)
  response.assertStatus(201)
  return response.body() as { id: string; secret: string }
}

export async function showWebhook(client: ApiClient, user: User, id: string) {
  const response = await client.get(`${WEBHOOKS}/${id}`).loginAs(user)
  return response.body()
}

/** Has a ping sent, and answers the id of its delivery. */
export async function ping(client: ApiClient, user: User, id: string): Promise<string> {
  const response = await client.post(`${WEBHOOKS}/${id}/ping`).loginAs(user)
  response.assertStatus(202)
  return response.body().id
}

export async function retry(client: ApiClient, user: User, id: string, deliveryId: string) {
  return client.post(`${WEBHOOKS}/${id}/deliveries/${deliveryId}/retry`).loginAs(user)
}

/** Newest first. */
export async function deliveriesOf(client: ApiClient, user: User, id: string, query = {}) {
  const response = await client.get(`${WEBHOOKS}/${id}/deliveries`).qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body().data
}

/** Makes the next attempt at a delivery, without waiting for its time. */
export async function attempt(user: User, deliveryId: string) {
  const { attempts } = await system.transaction((trx) =>
    trx.from('webhook_deliveries').where('id', deliveryId).firstOrFail()
  )
  const deliver = await app.container.make(Deliver)
  await deliver.handle({ userId: user.id, deliveryId, attempt: attempts })
}

/** The time of every attempt has come, and every receiver has rested. */
export async function bringForward() {
  await system.transaction(async (trx) => {
    await trx.rawQuery(
      `UPDATE outbox SET available_at = now(), created_at = now() - interval '3 seconds'
       WHERE job = 'deliver-webhook' AND available_at > now()`
    )
    await trx.rawQuery('UPDATE webhooks SET resting_until = NULL')
  })
}

/** What waits in the outbox for a user, by the name of the job. */
export async function waiting(user: User, job: string) {
  return system.transaction((trx) =>
    trx
      .from('outbox')
      .where('job', job)
      .whereNull('finished_at')
      .whereRaw(`payload->>'userId' = ?`, [user.id])
      .orderBy('id')
  )
}
