import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import {
  readAmount,
  readDebitCredit,
  type AmountProblem,
} from '#transactions/domain/statements/amounts'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import type { CsvLayout } from '#transactions/domain/statements/csv/layout'
import { cellOf } from '#transactions/domain/statements/csv/row_texts'
import { isSignedInWords } from '#transactions/domain/statements/csv/signs'
import type { RowField } from '#transactions/domain/statements/fields'
import { Rejection } from '#transactions/domain/statements/rejection'

/** What rows of one layout move, in the account's currency where they name none. */
export class RowMoney {
  readonly #layout: CsvLayout
  readonly #currency: Currency

  constructor(layout: CsvLayout, currencyCode: string) {
    this.#layout = layout
    this.#currency = currencyOf(currencyCode)
  }

  /** The signed amount, in minor units. */
  of(cells: string[]): { amount: number; currency: Currency } | Rejection {
    const { columns } = this.#layout
    const code = this.#cell(cells, 'currency').trim().toUpperCase()
    if (code !== '' && !isCurrency(code)) return new Rejection('currency', 'unknownCurrency')
    const currency = code === '' || code === this.#currency.code ? this.#currency : currencyOf(code)

    const isSingle = columns.amount !== undefined
    const moved = isSingle ? this.#signed(cells, currency) : this.#sides(cells, currency)
    if (moved instanceof Rejection) return moved
    const amount = typeof moved === 'string' ? moved : this.#withFee(moved, cells, currency)
    const field = isSingle ? 'amount' : 'debit'
    if (typeof amount === 'string') return new Rejection(field, amount)
    return amount === 0 ? new Rejection(field, 'zero') : { amount, currency }
  }

  #signed(cells: string[], currency: Currency): number | AmountProblem | Rejection {
    const { columns, decimal, positive } = this.#layout
    const written = this.#cell(cells, 'amount')
    const amount = readAmount(written, decimal, currency)
    if (typeof amount === 'string') return amount
    if (columns.direction === undefined) {
      return positive === 'expense' && !isSignedInWords(written) ? 0 - amount : amount
    }
    const direction = directionOf(this.#cell(cells, 'direction'))
    if (direction === undefined) return new Rejection('direction', 'unreadable')
    return direction * Math.abs(amount)
  }

  #sides(cells: string[], currency: Currency): number | AmountProblem {
    const { decimal, creditsAreNegative } = this.#layout
    const credit = this.#cell(cells, 'credit')
    return readDebitCredit(this.#cell(cells, 'debit'), credit, {
      decimal,
      currency,
      creditsAreNegative,
    })
  }

  /**
   * What is charged on top makes an expense larger and an income smaller; beside
   * words for the direction it is the sender's.
   */
  #withFee(amount: number, cells: string[], currency: Currency): number | AmountProblem {
    const { fee: column, direction } = this.#layout.columns
    if (column === undefined || (direction !== undefined && amount > 0)) return amount
    const fee = readAmount(this.#cell(cells, 'fee'), this.#layout.decimal, currency)
    if (fee === 'missing') return amount
    if (typeof fee === 'string') return fee
    const total = amount - Math.abs(fee)
    return Number.isSafeInteger(total) ? total : 'outOfRange'
  }

  #cell(cells: string[], field: RowField): string {
    return cellOf(cells, this.#layout.columns[field])
  }
}
