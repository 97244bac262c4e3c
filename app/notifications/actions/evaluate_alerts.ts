import { inject } from '@adonisjs/core'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { evaluationDelaySeconds } from '#config/notifications'
import { activity } from '#core/activity/activity'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Postponed } from '#core/queue/postponed'
import Alert from '#notifications/models/alert'
import AlertEvaluation from '#notifications/models/alert_evaluation'
import AlertTrigger, { type Finding } from '#notifications/models/alert_trigger'
import { LowBalances } from '#notifications/queries/low_balances'

/** For how long at most an evaluation waits for another of the same user (milliseconds). */
const LONGEST_WAIT = 30_000

/**
 * Looks whether something happened that somebody asked to hear of. A low balance is told once
 * a month of the user's, and again once it had recovered, not twice within a day; a large
 * transaction once. What is found together is told together, by kind and currency. Throws
 * `Postponed` while another evaluation of the user's is under way: none waits for it.
 */
@inject()
export default class EvaluateAlerts {
  constructor(protected balances: LowBalances) {}

  async handle({ userId }: { userId: string }) {
    await tenant.transaction(userId, async (trx) => {
      if (!(await AlertEvaluation.isAlone(userId, trx))) {
        throw new Postponed('another evaluation of the user is under way', LONGEST_WAIT)
      }
      const evaluation = await AlertEvaluation.pending(userId, trx)
      if (!evaluation) return
      await this.#evaluate(evaluation, trx)
      if (await evaluation.settle(trx)) return
      const { default: EvaluateAlertsJob } = await import('#notifications/jobs/evaluate_alerts')
      await outbox.enqueue(EvaluateAlertsJob, { userId }, trx, {
        delaySeconds: evaluationDelaySeconds,
      })
    })
  }

  async #evaluate({ userId, stretch }: AlertEvaluation, trx: TransactionClientContract) {
    const alerts = await Alert.lockEnabled(trx)
    if (alerts.length === 0) return

    const watched = await this.balances.handle(trx)
    await AlertTrigger.noteRecovered(watched, trx)
    const low = await AlertTrigger.tellLow(watched, trx)
    const events = stretch ? await activity.read(stretch, trx) : []
    const large = await AlertTrigger.tellLarge(events, trx)
    await this.#announce(userId, alerts, [...low, ...large], trx)
  }

  async #announce(
    userId: string,
    alerts: Alert[],
    findings: Finding[],
    trx: TransactionClientContract
  ) {
    if (findings.length === 0) return
    const ids = findings.flatMap(({ alertIds }) => alertIds)
    await trx.rawQuery('UPDATE alerts SET last_triggered_at = now() WHERE id = ANY(?)', [ids])
    await audit.recordAll(
      findings.map(({ alertId, subjectId, period, more }) => ({
        actor: 'system' as const,
        action: 'alert.triggered',
        subject: alerts.find(({ id }) => id === alertId)!,
        data: { subjectId, period, more },
        userId,
      })),
      trx
    )
  }
}
