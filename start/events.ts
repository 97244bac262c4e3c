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
import emitter from '@adonisjs/core/services/emitter'
import { activity } from '#core/activity/activity'
import { moneyEvents, newsEvents } from '#notifications/domain/ledger_events'
import UserErased from '#users/events/user_erased'
import UserRegistered from '#users/events/user_registered'

emitter.listen(UserRegistered, [
  () => import('#transactions/listeners/create_default_categories'),
  () => import('#auth/listeners/send_first_verification'),
])

activity.subscribe({ to: newsEvents, job: () => import('#notifications/jobs/tell_user') })
activity.subscribe({
  to: moneyEvents,
  job: () => import('#notifications/jobs/ask_for_evaluation'),
  isWanted: async (trx) => {
    const { default: Alert } = await import('#notifications/models/alert')
    return Alert.anyIsEnabled(trx)
  },
})
activity.subscribe({
  job: () => import('#notifications/jobs/disable_webhooks'),
  to: ['user.password_changed', 'user.disabled'],
  isWanted: anyWebhookListens,
})

emitter.listen(UserErased, [() => import('#gamification/listeners/leave_leaderboard')])

/** Habits are judged anew after whatever their facts are made of; what they bring is not among it. */
activity.subscribe({
  job: () => import('#gamification/jobs/note_activity'),
  to: [
    'account.created',
    'account.deleted',
    'category.deleted',
    'import.completed',
    'import.failed',
    'import.updated',
    'import.reverted',
    'proposal.accepted',
    'proposal.refused',
    'proposal.withdrawn',
    'reconciliation.completed',
    'reconciliation.reopened',
    'reconciliation.deleted',
    'rule.created',
    'rule.updated',
    'rule.deleted',
    'rule_run.completed',
    'rule_run.failed',
    'rule_run.reverted',
    'transaction.created',
    'transaction.updated',
    'transaction.deleted',
    'transfer.created',
    'user.created',
    'user.updated',
  ],
})
activity.subscribe({
  job: () => import('#notifications/jobs/announce_to_webhooks'),
  isWanted: anyWebhookListens,
})

async function anyWebhookListens(trx: TransactionClientContract) {
  const { default: Webhook } = await import('#notifications/models/webhook')
  return Webhook.anyListens(trx)
}
