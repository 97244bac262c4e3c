import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ActivityEvent } from '#core/activity/activity'

/** A transaction that an alert is about. */
export interface LargeTransaction {
  alertId: string
  transactionId: string
  accountId: string
  amount: number
}

/** Older bookings are history that was entered, and nobody's news (days). */
const NEWS = 31

/** An import may bring thousands: the largest are told. */
const MOST_AT_ONCE = 50

/**
 * What was booked by these events and is as large as an alert asks for, largest first.
 * Transfers between the user's own accounts are neither earned nor spent.
 */
export class LargeTransactions {
  async handle(events: ActivityEvent[], trx: TransactionClientContract) {
    const of = (type: RegExp) =>
      events.flatMap((event) => (type.test(event.type) ? (event.subjectId ?? []) : []))
    const transactions = of(/^transaction\.(created|updated)$/)
    const imports = of(/^import\.completed$/)
    if (transactions.length + imports.length === 0) return []

    const { rows } = await trx.rawQuery<{ rows: LargeTransaction[] }>(
      `SELECT l.id AS "alertId", t.id AS "transactionId", t.account_id AS "accountId",
         t.amount_minor AS amount
       FROM transactions t
       JOIN alerts l ON l.enabled AND l.kind = 'largeTransaction' AND l.currency = t.currency
         AND (l.account_id IS NULL OR l.account_id = t.account_id)
         AND abs(t.amount_minor) >= l.threshold_minor
       JOIN users u ON u.id = t.user_id
       WHERE (t.id = ANY(?) OR t.import_id = ANY(?)) AND t.kind <> 'transfer'
         AND t.booked_on > (now() AT TIME ZONE u.timezone)::date - ${NEWS}
         AND NOT EXISTS (SELECT 1 FROM alert_triggers g WHERE g.alert_id = l.id AND g.subject_id = t.id)
       ORDER BY abs(t.amount_minor) DESC, t.id LIMIT ${MOST_AT_ONCE}`,
      [transactions, imports]
    )
    return rows
  }
}
