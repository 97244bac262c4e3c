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
import { LargeTransactions } from '#notifications/queries/large_transactions'
import { LowBalances, type WatchedBalance } from '#notifications/queries/low_balances'

/** What an alert has found; `period` is empty where something is told once for ever. */
interface Finding {
  alertId: string
  subjectId: string
  period: string
  accountId: string
  amount: number
}

/** For how long at most an evaluation waits for another of the same user (milliseconds). */
const LONGEST_WAIT = 30_000

/**
 * Looks whether something happened that somebody asked to hear of. A low balance is told once
 * a month of the user's, and again once it had recovered; a large transaction once. Throws
 * `Postponed` while another evaluation of the user's is under way: none waits for it.
 */
@inject()
export default class EvaluateAlerts {
  constructor(
    protected balances: LowBalances,
    protected largeTransactions: LargeTransactions
  ) {}

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
    await this.#rearm(watched, trx)
    const large = await this.largeTransactions.handle(
      stretch ? await activity.read(stretch, trx) : [],
      trx
    )
    const findings = [
      ...(await this.#low(watched, trx)),
      ...large.map(({ transactionId, ...found }) => ({
        ...found,
        subjectId: transactionId,
        period: '',
      })),
    ]
    const untold = await this.#remember(userId, findings, trx)
    await this.#announce(userId, alerts, untold, trx)
  }

  /** A balance that recovered may fall again. */
  async #rearm(watched: WatchedBalance[], trx: TransactionClientContract) {
    const recovered = watched.filter(({ isLow }) => !isLow)
    await trx.rawQuery(
      `DELETE FROM alert_triggers t USING unnest(?::uuid[], ?::uuid[]) AS r (alert_id, subject_id)
       WHERE t.alert_id = r.alert_id AND t.subject_id = r.subject_id`,
      [recovered.map(({ alertId }) => alertId), recovered.map(({ accountId }) => accountId)]
    )
  }

  async #low(watched: WatchedBalance[], trx: TransactionClientContract): Promise<Finding[]> {
    const low = watched.filter(({ isLow }) => isLow)
    if (low.length === 0) return []

    const { rows } = await trx.rawQuery<{ rows: { period: string }[] }>(
      `SELECT to_char(now() AT TIME ZONE timezone, 'YYYY-MM') AS period FROM users`
    )
    return low.map(({ alertId, accountId, balance }) => ({
      alertId,
      subjectId: accountId,
      period: rows[0].period,
      accountId,
      amount: balance,
    }))
  }

  /** Those that were not told before. */
  async #remember(userId: string, findings: Finding[], trx: TransactionClientContract) {
    const untold: Finding[] = []
    for (const finding of findings) {
      const { alertId, subjectId, period, accountId, amount } = finding
      const { rows } = await trx.rawQuery(
        `INSERT INTO alert_triggers (user_id, alert_id, subject_id, period, account_id, amount_minor)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING alert_id`,
        [userId, alertId, subjectId, period, accountId, amount]
      )
      if (rows.length > 0) untold.push(finding)
    }
    return untold
  }

  async #announce(
    userId: string,
    alerts: Alert[],
    findings: Finding[],
    trx: TransactionClientContract
  ) {
    if (findings.length === 0) return
    const ids = findings.map(({ alertId }) => alertId)
    await trx.rawQuery('UPDATE alerts SET last_triggered_at = now() WHERE id = ANY(?)', [ids])
    await audit.recordAll(
      findings.map(({ alertId, subjectId, period }) => ({
        actor: 'system' as const,
        action: 'alert.triggered',
        subject: alerts.find(({ id }) => id === alertId)!,
        data: { subjectId, period },
        userId,
      })),
      trx
    )
  }
}
