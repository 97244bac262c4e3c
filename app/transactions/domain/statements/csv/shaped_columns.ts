import { isCurrency } from '#core/money/currency'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import { isName } from '#transactions/domain/statements/csv/row_texts'
import { looksLikeDate } from '#transactions/domain/statements/dates'

/** One row proves nothing, and two balances may differ by anything. */
const LEAST_ROWS = 2
const LEAST_BALANCES = 3
const MOST_ROWS = 200

/** With exactly two decimals, so that its digits are its cents. */
const MONEY = /^([^\d.,]{0,4})\d[\d.,'’\s]*[.,]\d{2}([^\d.,]{0,4})$/u
const MINUS = /[-−–(]/

/**
 * Columns by what all their cells look like, where headers say nothing: the
 * first that holds days, the one that holds amounts, codes of currencies, and
 * the first that holds words. Of several columns of money the amounts are those that lead
 * from one balance to the next; amounts without any sign need words that say it.
 *
 * @param named columns that are known, which stay what they are
 */
export function columnsByShape(all: readonly string[][], named: CsvColumns): CsvColumns {
  const rows = all.slice(0, MOST_ROWS)
  if (rows.length < LEAST_ROWS) return {}
  const taken = new Set(Object.values(named))
  const free = rows[0].map((_, column) => column).filter((column) => !taken.has(column))
  const cells = (column: number) => rows.map((row) => row[column]?.trim() ?? '')
  const every = (column: number, test: (cell: string) => boolean) =>
    cells(column).every((cell) => cell !== '' && test(cell))

  const days = free.filter((column) => every(column, looksLikeDate))
  const money = free.filter((column) => every(column, (cell) => MONEY.test(cell)))
  const currencies = free.filter((column) => every(column, isCurrency))
  const direction = directionColumn(free, rows)
  const amount = money.length === 1 ? money[0] : steps(money, cells)
  const isSigned = amount !== undefined && cells(amount).some((cell) => MINUS.test(cell))
  const known = new Set([...days, ...money, ...currencies, direction])
  const text = free.find((column) => !known.has(column) && cells(column).some(isText))

  const found: CsvColumns = {}
  if (named.bookedOn === undefined) found.bookedOn = days[0]
  if (lacksAmount(named) && (isSigned || direction !== undefined)) found.amount = amount
  if (named.currency === undefined) found.currency = currencies[0]
  if (named.payee === undefined && named.description === undefined) found.description = text
  return Object.fromEntries(Object.entries(found).filter(([, column]) => column !== undefined))
}

/** The first column of which every cell says in or out, and some say each. */
export function directionColumn(
  columns: readonly number[],
  rows: readonly string[][]
): number | undefined {
  return columns.find((column) => {
    const directions = rows.map((row) => directionOf(row[column] ?? ''))
    return (
      [1, -1].every((each) => directions.some((direction) => direction === each)) &&
      directions.every((direction) => direction !== undefined)
    )
  })
}

/** The column that leads from each value of another to the next, or from the next to it. */
function steps(money: readonly number[], cells: (column: number) => string[]): number | undefined {
  const columns = money.map((column) => ({ column, cents: cells(column).map(centsOf) }))
  const [found, ...more] = columns.filter(({ column, cents }) =>
    columns.some((balance) => balance.column !== column && leads(cents, balance.cents))
  )
  return more.length === 0 ? found?.column : undefined
}

function leads(amounts: readonly number[], balances: readonly number[]): boolean {
  if (amounts.length < LEAST_BALANCES) return false
  const places = amounts.slice(1).map((_, index) => index)
  return (
    places.every((index) => balances[index] + amounts[index + 1] === balances[index + 1]) ||
    places.every((index) => balances[index + 1] + amounts[index] === balances[index])
  )
}

function isText(cell: string): boolean {
  return isName(cell) && /\p{L}{3}/u.test(cell)
}

function centsOf(cell: string): number {
  const digits = Number(cell.replace(/\D/g, ''))
  return MINUS.test(cell) ? -digits : digits
}

function lacksAmount({ amount, debit, credit }: CsvColumns): boolean {
  return amount === undefined && (debit === undefined || credit === undefined)
}
