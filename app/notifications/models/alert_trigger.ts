import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AlertTriggerSchema } from '#database/schema'
import type { ActivityEvent } from '#core/activity/activity'
import type { WatchedBalance } from '#notifications/queries/low_balances'

/** Everything of one kind and currency that was found at once: people are told of it in one go. */
export interface Finding {
  /** What is told: the largest transaction, the balance furthest below. */
  alertId: string
  subjectId: string

  /** Empty where something is told once for ever. */
  period: string

  /** How many accounts or transactions more there are. */
  more: number

  /** All alerts that have found something. */
  alertIds: string[]
}

/** Older bookings are history that was entered, and nobody's news (days). */
const NEWS = 31

/** Whoever sets up a balance around the threshold is not told more often (hours). */
const PAUSE = 24

/** Of what `told` has brought in, the first by this order, and how many there are. */
const findings = (order: string) => `
  SELECT DISTINCT ON (a.currency) t.alert_id AS "alertId", t.subject_id AS "subjectId", t.period,
    c.subjects - 1 AS more, c.alerts AS "alertIds"
  FROM told t
  JOIN alerts a ON a.id = t.alert_id
  JOIN (
    SELECT b.currency, count(DISTINCT s.subject_id) AS subjects, array_agg(DISTINCT b.id) AS alerts
    FROM told s JOIN alerts b ON b.id = s.alert_id GROUP BY b.currency
  ) c ON c.currency = a.currency
  ORDER BY a.currency, ${order}, t.subject_id, a.threshold_minor DESC, a.id`

/** What an alert has told, so that it tells it once. */
export default class AlertTrigger extends AlertTriggerSchema {
  static table = 'alert_triggers'

  /**
   * What was booked by these events, is as large as an alert asks for, and was not told before.
   * Transfers between the user's own accounts are neither earned nor spent.
   */
  static async tellLarge(events: ActivityEvent[], trx: TransactionClientContract) {
    const of = (type: RegExp) =>
      events.flatMap((event) => (type.test(event.type) ? (event.subjectId ?? []) : []))
    const transactions = of(/^transaction\.(created|updated)$/)
    const imports = of(/^import\.completed$/)
    if (transactions.length + imports.length === 0) return []

    const { rows } = await trx.rawQuery<{ rows: Finding[] }>(
      `WITH told AS (
         INSERT INTO alert_triggers (user_id, alert_id, subject_id, account_id, amount_minor)
         SELECT t.user_id, l.id, t.id, t.account_id, t.amount_minor
         FROM transactions t
         JOIN alerts l ON l.enabled AND l.kind = 'largeTransaction' AND l.currency = t.currency
           AND (l.account_id IS NULL OR l.account_id = t.account_id)
           AND abs(t.amount_minor) >= l.threshold_minor
         JOIN users u ON u.id = t.user_id
         WHERE (t.id = ANY(?) OR t.import_id = ANY(?)) AND t.kind <> 'transfer'
           AND t.booked_on > (now() AT TIME ZONE u.timezone)::date - ${NEWS}
         ON CONFLICT DO NOTHING RETURNING alert_id, subject_id, period, amount_minor
       ) ${findings('abs(t.amount_minor) DESC')}`,
      [transactions, imports]
    )
    return rows
  }

  /** Which balances are low, and were not told this month, or have recovered and that is a day ago. */
  static async tellLow(watched: WatchedBalance[], trx: TransactionClientContract) {
    const low = watched.filter(({ isLow }) => isLow)
    if (low.length === 0) return []

    const { rows } = await trx.rawQuery<{ rows: Finding[] }>(
      `WITH told AS (
         INSERT INTO alert_triggers AS g (user_id, alert_id, subject_id, account_id, period, amount_minor)
         SELECT u.id, low.alert_id, low.account_id, low.account_id,
           to_char(now() AT TIME ZONE u.timezone, 'YYYY-MM'), low.balance
         FROM unnest(?::uuid[], ?::uuid[], ?::bigint[]) AS low (alert_id, account_id, balance), users u
         ON CONFLICT (user_id, alert_id, subject_id, period) DO UPDATE
           SET triggered_at = now(), recovered_at = NULL, amount_minor = excluded.amount_minor
           WHERE g.recovered_at IS NOT NULL AND g.triggered_at < now() - interval '${PAUSE} hours'
         RETURNING alert_id, subject_id, period, amount_minor
       ) ${findings('t.amount_minor - a.threshold_minor')}`,
      [
        low.map(({ alertId }) => alertId),
        low.map(({ accountId }) => accountId),
        low.map(({ balance }) => balance),
      ]
    )
    return rows
  }

  /** A balance that recovered may fall again. */
  static async noteRecovered(watched: WatchedBalance[], trx: TransactionClientContract) {
    const recovered = watched.filter(({ isLow }) => !isLow)
    await trx.rawQuery(
      `UPDATE alert_triggers t SET recovered_at = now()
       FROM unnest(?::uuid[], ?::uuid[]) AS r (alert_id, subject_id)
       WHERE t.alert_id = r.alert_id AND t.subject_id = r.subject_id AND t.recovered_at IS NULL`,
      [recovered.map(({ alertId }) => alertId), recovered.map(({ accountId }) => accountId)]
    )
  }
}
