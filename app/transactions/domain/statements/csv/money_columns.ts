import { looksLikeDate } from '#transactions/domain/statements/dates'

/** Two balances may differ by anything. */
const LEAST_BALANCES = 3
/** More columns of money than any bank has, before there are too many to try. */
const MOST_COLUMNS = 12

/** With exactly two decimals, so that its digits are its cents. */
const MONEY = /^([^\d.,]{0,4})\d[\d.,'’\s]*[.,]\d{2}([^\d.,]{0,4})$/u
const NUMBER = /^[^\d]{0,4}\d[\d.,'’\s]*\D{0,4}$/u
const DECIMALS = /[.,]\d{1,2}\D*$/
const MINUS = /[-−–(]/

/** Whether the cell is an amount with exactly two decimals. */
export function isMoney(cell: string): boolean {
  return MONEY.test(cell)
}

type Side = 'debit' | 'credit'

/** Columns of money by what their cells look like, and how some prove what others are. */
export class MoneyColumns {
  /** Of all columns of the rows. */
  static of(rows: readonly string[][]): MoneyColumns {
    return new MoneyColumns(rows, [...(rows[0]?.keys() ?? [])])
  }

  /** Filled in every row. */
  readonly full: readonly number[]
  /** Filled in some rows, as one of a debit and a credit is. */
  readonly partly: readonly number[]
  readonly #rows: readonly string[][]

  constructor(rows: readonly string[][], columns: readonly number[]) {
    this.#rows = rows
    this.full = columns.filter((column) => this.#cells(column).every(isMoney))
    this.partly = columns.filter((column) => isPartlyMoney(this.#cells(column)))
  }

  /** 1 where positive amounts of the column add to a balance beside it, −1 where they take away. */
  sign(amount: number): 1 | -1 | undefined {
    if (!this.full.includes(amount)) return undefined
    const amounts = this.#cents(amount)
    if (this.#leads(amounts, [amount])) return 1
    const turned = amounts.map((each) => -each)
    return this.#leads(turned, [amount]) ? -1 : undefined
  }

  isSigned(column: number): boolean {
    return this.#cells(column).some((cell) => MINUS.test(cell))
  }

  /**
   * The column of amounts: the only one of money there is, or the one that leads
   * from each balance to the next.
   *
   * @param balances columns that cannot be it
   */
  amount(balances: ReadonlySet<number>): number | undefined {
    const others = (column: number) => !balances.has(column)
    const lone = this.full.filter(others)
    if (lone.length === 1 && !this.partly.some(others)) return lone[0]
    if (this.full.length > MOST_COLUMNS) return undefined
    const [found, ...more] = lone.filter((column) => this.#leads(this.#cents(column), [column]))
    return more.length === 0 ? found : undefined
  }

  /** The two columns filled in turn that together lead from each balance to the next. */
  sides(known: Partial<Record<Side, number>>): Record<Side, number> | undefined {
    const columns = [...this.full, ...this.partly]
    if (columns.length > MOST_COLUMNS) return undefined
    const [found, ...more] = columns
      .flatMap((debit) => columns.map((credit) => ({ debit, credit })))
      .filter(({ debit }) => (known.debit ?? debit) === debit)
      .filter(({ credit }) => (known.credit ?? credit) === credit)
      .filter((pair) => this.#areSides(pair))
    return more.length === 0 ? found : undefined
  }

  #areSides({ debit, credit }: Record<Side, number>): boolean {
    const debits = this.#cents(debit).map(Math.abs)
    const credits = this.#cents(credit).map(Math.abs)
    const takeTurns = debits.every((each, index) => (each === 0) !== (credits[index] === 0))
    const areBoth = debits.some(Boolean) && credits.some(Boolean)
    const amounts = credits.map((each, index) => each - debits[index])
    return takeTurns && areBoth && this.#leads(amounts, [debit, credit])
  }

  /** Whether the amounts lead through any column of balances, oldest or newest first. */
  #leads(amounts: readonly number[], theirs: readonly number[]): boolean {
    return this.full
      .filter((column) => !theirs.includes(column))
      .some((column) => leads(amounts, this.#cents(column)))
  }

  #cents(column: number): number[] {
    return this.#cells(column).map(centsOf)
  }

  #cells(column: number): string[] {
    return this.#rows.map((row) => row[column]?.trim() ?? '')
  }
}

function leads(amounts: readonly number[], balances: readonly number[]): boolean {
  if (amounts.length < LEAST_BALANCES) return false
  const places = amounts.slice(1).map((_, index) => index)
  return (
    places.every((index) => balances[index] + amounts[index + 1] === balances[index + 1]) ||
    places.every((index) => balances[index + 1] + amounts[index] === balances[index])
  )
}

/** Numbers of cheques stand in some rows too, but have no decimals. */
function isPartlyMoney(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return (
    filled.length < cells.length &&
    filled.some((cell) => DECIMALS.test(cell)) &&
    filled.every((cell) => NUMBER.test(cell) && !looksLikeDate(cell))
  )
}

function centsOf(cell: string): number {
  if (cell === '') return 0
  if (!isMoney(cell)) return Number.NaN
  const digits = Number(cell.replace(/\D/g, ''))
  return MINUS.test(cell) ? -digits : digits
}
