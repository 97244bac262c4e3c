import * as s from '#core/openapi/schema'

/** What converted answers say about conversion. */
const conversion = {
  rates: s.array(
    s.object({
      from: s.currency(),
      to: s.currency(),
      rate: s.decimal(),
      date: s.day(),
      source: s.text(),
    }),
    { description: 'The exchange rates the answer rests on' }
  ),
  unconverted: s.array(s.object({ currency: s.currency(), amount: s.minor() }), {
    description: 'Amounts without a rate; they are in none of the figures',
  }),
}

const period = s.object({
  from: s.nullable(s.day({ description: 'null: since the first booking' })),
  to: s.nullable(s.day({ description: 'null: until the last booking' })),
})

const interval = s.enumOf(['day', 'week', 'month'])
const share = s.decimal({ description: 'Of the whole, 0 to 1' })

export const summarySchema = s.resource('WalletSummary', {
  currency: s.currency(),
  totalBalance: s.minor({ description: 'At the end of the period' }),
  income: s.minor({ description: 'What came in; transfers excluded' }),
  expenses: s.minor({ description: 'What went out, as a positive amount; transfers excluded' }),
  net: s.minor(),
  savingsRate: s.nullable(s.decimal({ description: 'net ÷ income; null without income' })),
  topCategories: s.array(
    s.object({
      categoryId: s.nullable(s.id()),
      name: s.text(),
      amount: s.minor({ description: 'Net spending: refunds reduce it' }),
      share,
      count: s.integer(),
    }),
    { description: 'Up to ten, largest first' }
  ),
  byAccount: s.array(
    s.object({
      accountId: s.id(),
      name: s.text(),
      currency: s.currency({ description: "The account's own; so are its amounts" }),
      balance: s.minor(),
      income: s.minor(),
      expenses: s.minor(),
      net: s.minor(),
    })
  ),
  period,
  asOf: s.instant(),
  ...conversion,
})

export const cashflowSchema = s.resource('Cashflow', {
  currency: s.currency(),
  interval,
  series: s.array(
    s.object({
      period: s.text({ description: '`2026-01`, or the first day of the week or the day' }),
      income: s.minor(),
      expenses: s.minor(),
      net: s.minor(),
    })
  ),
  ...conversion,
})

export const netWorthSchema = s.resource('NetWorth', {
  currency: s.currency(),
  interval,
  series: s.array(
    s.object({
      date: s.day({ description: 'The last day of the interval' }),
      assets: s.minor(),
      liabilities: s.minor({ description: 'Owed on credit and loan accounts, positive' }),
      netWorth: s.minor(),
    })
  ),
  ...conversion,
})

export const analyticsSchema = s.resource('Analytics', {
  currency: s.currency(),
  groups: s.array(
    s.object({
      key: s.nullable(s.text({ description: 'An id, a payee or a tag; null: no category' })),
      name: s.text(),
      amount: s.minor(),
      count: s.integer(),
      share,
      previousAmount: s.nullable(
        s.minor({ description: 'In the period of the same length before' })
      ),
      change: s.nullable(s.decimal({ description: '(amount − previousAmount) ÷ previousAmount' })),
    })
  ),
  period,
  ...conversion,
})
