import { isCurrency } from '#core/money/currency'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionColumn } from '#transactions/domain/statements/csv/direction_column'
import { namesBalance } from '#transactions/domain/statements/csv/header_names'
import { MoneyColumns } from '#transactions/domain/statements/csv/money_columns'
import { looksLikeDate } from '#transactions/domain/statements/dates'

/** One row proves nothing. */
const LEAST_ROWS = 2
const MOST_ROWS = 200

/**
 * Columns by what all their cells look like, where headers say nothing: the
 * first that holds days, the one that holds amounts, and codes of currencies. Of
 * several columns of money the amounts are those that lead from one balance to
 * the next, or two that do so in turn; amounts without any sign need words that
 * say it.
 *
 * @param named columns that are known, which stay what they are
 */
export function columnsByShape(
  all: readonly string[][],
  named: CsvColumns,
  headers: readonly string[]
): CsvColumns {
  const rows = all.slice(0, MOST_ROWS)
  if (rows.length < LEAST_ROWS) return {}
  const taken = new Set(Object.values(named))
  const free = rows[0].map((_, column) => column).filter((column) => !taken.has(column))
  const cells = (column: number) => rows.map((row) => row[column]?.trim() ?? '')
  const every = (column: number, test: (cell: string) => boolean) =>
    cells(column).every((cell) => cell !== '' && test(cell))

  const days = free.filter((column) => every(column, looksLikeDate))
  const currencies = free.filter((column) => every(column, isCurrency))
  const direction = directionColumn(free, rows)
  const money = new MoneyColumns(rows, [...free, ...sidesOf(named)])

  const found: CsvColumns = {}
  if (named.bookedOn === undefined) found.bookedOn = days[0]
  if (lacksAmount(named)) {
    const balances = new Set(free.filter((column) => namesBalance(headers[column] ?? '')))
    Object.assign(found, amountAmong(money, { named, balances, inWords: direction !== undefined }))
  }
  if (named.currency === undefined) found.currency = currencies[0]
  return Object.fromEntries(Object.entries(found).filter(([, column]) => column !== undefined))
}

/** Where one side is named, another column is the other side or nothing. */
function amountAmong(
  money: MoneyColumns,
  {
    named,
    balances,
    inWords,
  }: { named: CsvColumns; balances: ReadonlySet<number>; inWords: boolean }
): Pick<CsvColumns, 'amount' | 'debit' | 'credit'> {
  const amount = sidesOf(named).length > 0 ? undefined : money.amount(balances)
  if (amount !== undefined && (inWords || money.isSigned(amount))) return { amount }
  return money.sides(named) ?? {}
}

function sidesOf({ debit, credit }: CsvColumns): number[] {
  return [debit, credit].filter((column) => column !== undefined)
}

function lacksAmount({ amount, debit, credit }: CsvColumns): boolean {
  return amount === undefined && (debit === undefined || credit === undefined)
}
