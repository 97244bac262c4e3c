import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { evaluationDelaySeconds } from '#config/notifications'
import type { Stretch } from '#core/activity/activity'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import EvaluateAlertsJob from '#notifications/jobs/evaluate_alerts'
import AlertEvaluation from '#notifications/models/alert_evaluation'

/**
 * Has a user's alerts looked at. However much happens before that, they are looked at once,
 * and people are told of all of it in one go; what happens meanwhile asks anew.
 */
export default class AskForEvaluation {
  async handle(stretch: Stretch) {
    await tenant.transaction(stretch.userId, (trx) => this.within(stretch.userId, trx, stretch))
  }

  /** @param stretch what happened, if it isn't the alerts themselves that changed */
  async within(userId: string, trx: TransactionClientContract, stretch: Stretch | null = null) {
    if (!(await AlertEvaluation.ask(userId, stretch, trx))) return
    await outbox.enqueue(EvaluateAlertsJob, { userId }, trx, {
      delaySeconds: evaluationDelaySeconds,
    })
  }
}
