/*
|--------------------------------------------------------------------------
| Who listens to what
|--------------------------------------------------------------------------
|
| Modules import to the left only (see "The tree" in the README). When
| something to the left must cause something to the right, it emits an event
| and the listener is named here, and nowhere else.
|
*/
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { activity } from '#core/activity/activity'
import emitter from '@adonisjs/core/services/emitter'
import UserRegistered from '#users/events/user_registered'

emitter.listen(UserRegistered, [
  () => import('#transactions/listeners/create_default_categories'),
  () => import('#auth/listeners/send_first_verification'),
])

activity.subscribe({
  job: () => import('#notifications/jobs/disable_webhooks'),
  to: ['user.password_changed', 'user.disabled'],
  isWanted: anyWebhookListens,
})

activity.subscribe({
  job: () => import('#notifications/jobs/announce_to_webhooks'),
  isWanted: anyWebhookListens,
})

async function anyWebhookListens(trx: TransactionClientContract) {
  const { default: Webhook } = await import('#notifications/models/webhook')
  return Webhook.anyListens(trx)
}
