import { isCurrency } from '#core/money/currency'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { readDate } from '#transactions/domain/statements/dates'

const ACCOUNT = /^\d{7,18}$|^[A-Z]{2}\d{2}[A-Z\d]{8,30}$/
const MONEY = /^[+-]?\d+,\d{2}$/

/**
 * The columns of a file without a header that one bank alone writes so; null for all
 * others. ABN AMRO's (TAB): account, currency, day, balance before and after, value day,
 * amount, description. That the amount leads from one balance to the other proves it
 * row by row.
 */
export function columnsByBank(rows: readonly string[][]): CsvColumns | null {
  if (rows.length === 0 || !rows.every(isOfAbnAmro)) return null
  return { account: 0, currency: 1, bookedOn: 2, amount: 6, description: 7 }
}

function isOfAbnAmro(row: readonly string[]): boolean {
  const cells = row.map((cell) => cell.trim())
  const [account, currency, day, before, after, valued, amount] = cells
  if (cells.length !== 8 || !ACCOUNT.test(account) || !isCurrency(currency)) return false
  if (![day, valued].every((each) => /^\d{8}$/.test(each) && readDate(each, 'YMD'))) return false
  if (![before, after, amount].every((each) => MONEY.test(each))) return false
  return centsOf(before) + centsOf(amount) === centsOf(after)
}

function centsOf(text: string): bigint {
  return BigInt(text.replace(/[+,]/g, ''))
}
