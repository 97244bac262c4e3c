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
import emitter from '@adonisjs/core/services/emitter'
import { activity } from '#core/activity/activity'
import { moneyEvents, newsEvents } from '#notifications/domain/ledger_events'
import UserRegistered from '#users/events/user_registered'

emitter.listen(UserRegistered, [
  () => import('#transactions/listeners/create_default_categories'),
  () => import('#auth/listeners/send_first_verification'),
])

activity.subscribe({ to: newsEvents, job: () => import('#notifications/jobs/tell_user') })
activity.subscribe({
  to: moneyEvents,
  job: () => import('#notifications/jobs/evaluate_alerts'),
  isWanted: async (trx) => {
    const { default: Alert } = await import('#notifications/models/alert')
    return Alert.anyIsEnabled(trx)
  },
})
activity.subscribe({
  job: () => import('#notifications/jobs/announce_to_webhooks'),
  isWanted: async (trx) => {
    const { default: Webhook } = await import('#notifications/models/webhook')
    return Webhook.anyListens(trx)
  },
})
