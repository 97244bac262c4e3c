import { ledgerCache, type LedgerOwner } from '#core/database/ledger_cache'
import { tenant, type Reader } from '#core/database/tenant'
import { type Interval, lastDayOf, Period } from '#wallet/domain/period'
import { seriesOf } from '#wallet/domain/requested_period'
import { unconverted } from '#wallet/domain/unconverted'
import { totalsFor } from '#wallet/queries/period_totals'

interface Input {
  user: LedgerOwner
  from?: string
  to?: string
  interval: Interval
}

interface AccountRow {
  id: string
  currency: string
  owed: boolean
  opening: number
}

interface ChangeRow {
  accountId: string
  start: string
  change: number
}

const ACCOUNTS = `
  SELECT id, currency, type IN ('credit', 'loan') AS owed, opening_balance_minor AS opening FROM accounts
`

const changes = (totals: string) => `
  SELECT account_id AS "accountId", day AS start,
    sum(income_minor - expense_minor + transfer_minor)::bigint AS change
  FROM (${totals}) AS totals
  GROUP BY 1, 2 ORDER BY 2
`

/** What is owned and owed at the end of each interval. */
export class NetWorthQuery {
  /** As JSON text. */
  async handle({ user, from, to, interval }: Input) {
    return ledgerCache.rememberJson(user, 'wallet:networth', { from, to, interval }, 600, () =>
      tenant.read(user.id, (reader) => this.compute(reader, { user, from, to, interval }))
    )
  }

  /** Without the cache: what the bench measures. */
  async compute(reader: Reader, { user, from, to, interval }: Input) {
    const { text, values } = totalsFor(new Period(null, to), interval)
    const [accounts, rows] = await Promise.all([
      reader.query<AccountRow>(ACCOUNTS),
      reader.query<ChangeRow>(changes(text), values),
    ])
    const first = from ?? rows[0]?.start
    const last = to ?? rows.at(-1)?.start
    const balances = new Map(accounts.map(({ id, opening }) => [id, opening]))
    let next = 0

    const series = seriesOf(first, last, interval).map((start) => {
      for (; next < rows.length && rows[next].start <= start; next++) {
        const { accountId, change } = rows[next]
        balances.set(accountId, balances.get(accountId)! + change)
      }
      const end = lastDayOf(start, interval)
      return {
        date: to && end > to ? to : end,
        ...this.#position(accounts, balances, user.currency),
      }
    })

    return {
      currency: user.currency,
      interval,
      series,
      rates: [],
      unconverted: unconverted(accounts, user.currency, ({ id }) => balances.get(id)!),
    }
  }

  #position(accounts: AccountRow[], balances: Map<string, number>, currency: string) {
    let [assets, liabilities] = [0, 0]
    for (const account of accounts) {
      if (account.currency !== currency) continue
      if (account.owed) liabilities -= balances.get(account.id)!
      else assets += balances.get(account.id)!
    }
    return { assets, liabilities: liabilities + 0, netWorth: assets - liabilities }
  }
}
