import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Digest from '#notifications/models/digest'
import type { KindName } from '#notifications/domain/kinds'

/** What came in, went out and is there, in one currency and minor units. */
export interface MoneyPicture {
  currency: string
  income: number
  expenses: number
  balance: number
}

export interface Told {
  title: string
  body: string
}

/** More are counted, and read in the app. */
const MOST_TOLD = 50

/** What a digest tells of: what waits to be read, and the money of its days. */
export class DigestContent {
  /** Of what was not read nor mailed by itself, the newest, and how many there are. */
  async told(digest: Digest, kinds: KindName[], trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery<{ rows: (Told & { total: number })[] }>(
      `SELECT title, body, count(*) OVER () AS total FROM notifications
       WHERE kind = ANY(?) AND created_at >= ? AND created_at < ?
         AND read_at IS NULL AND emailed_at IS NULL AND deleted_at IS NULL
       ORDER BY position DESC LIMIT ${MOST_TOLD}`,
      [kinds, digest.fromAt.toJSDate(), digest.untilAt.toJSDate()]
    )
    return {
      told: rows.map(({ title, body }): Told => ({ title, body })),
      total: rows[0]?.total ?? 0,
    }
  }

  /** From the kept totals; each currency stands for itself. Both days are included. */
  async money(firstDay: string, lastDay: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery<{ rows: MoneyPicture[] }>(
      `WITH flows AS (
         SELECT currency, sum(income_minor) AS income, sum(expense_minor) AS expenses
         FROM daily_totals WHERE day BETWEEN ? AND ? GROUP BY currency
       ), booked AS (
         SELECT account_id, sum(income_minor - expense_minor + transfer_minor) AS amount
         FROM monthly_totals GROUP BY account_id
       )
       SELECT a.currency, coalesce(max(f.income), 0)::bigint AS income,
         coalesce(max(f.expenses), 0)::bigint AS expenses,
         sum(a.opening_balance_minor + coalesce(b.amount, 0))::bigint AS balance
       FROM accounts a
       LEFT JOIN booked b ON b.account_id = a.id
       LEFT JOIN flows f ON f.currency = a.currency
       GROUP BY a.currency ORDER BY a.currency`,
      [firstDay, lastDay]
    )
    return rows
  }
}
