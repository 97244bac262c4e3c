import type { PersonalData } from '#core/personal_data/exported'

/** Addresses a person has told what happens, and what they were told. */
const exportedWebhooks: PersonalData = {
  tables: [
    {
      name: 'webhooks',
      about: 'Addresses that are told what happens to your books.',
      table: 'webhooks',
      columns: {
        id: ['id', 'The webhook'],
        url: ['url', 'Where it leads'],
        events: ['events', 'What it hears of; * is everything'],
        description: ['description', 'What you noted about it'],
        failingSince: ['failing_since', 'Since when nothing reaches it'],
        createdAt: ['created_at', 'When you made it'],
        updatedAt: ['updated_at', 'When it last changed'],
        disabledAt: ['disabled_at', 'Since when nothing is sent'],
        disabledReason: ['disabled_reason', 'Why: owner (you), gone, failing or security'],
      },
      withheld: {
        secret_sealed: 'a secret, kept encrypted',
        previous_secret_sealed: 'the secret before, kept encrypted',
        previous_secret_until: 'until when that one signs too',
        exhausted: 'how many deliveries in a row were given up',
        resting_until: 'a moment for which it is left alone',
      },
      orderBy: 'id',
    },
    {
      name: 'webhook_deliveries',
      about: 'What was sent to your webhooks in the last 30 days, or was to be.',
      table: 'webhook_deliveries',
      columns: {
        id: ['id', 'The delivery'],
        webhookId: ['webhook_id', 'To which webhook'],
        eventId: ['event_id', 'What happened'],
        type: ['type', 'What kind of event that is'],
        body: ['body', 'What was sent'],
        status: ['status', 'pending, delivered or failed'],
        attempts: ['attempts', 'How often it was tried'],
        attemptsLog: ['attempts_log', 'What came of each of the newest attempts'],
        responseStatus: ['response_status', 'What the receiver last answered'],
        durationMs: ['duration_ms', 'How long that took, in milliseconds'],
        error: ['error', 'Why the last attempt failed'],
        createdAt: ['created_at', 'When it was to be sent first'],
        nextAttemptAt: ['next_attempt_at', 'When it is tried again'],
        deliveredAt: ['delivered_at', 'When it arrived'],
      },
      withheld: { under_way_until: 'a moment in which it is being sent' },
      orderBy: 'id',
    },
  ],
}

export default exportedWebhooks
