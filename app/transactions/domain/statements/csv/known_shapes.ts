import { isCurrency } from '#core/money/currency'
import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import type { Others } from '#transactions/domain/statements/csv/guessed_columns'
import { readDate } from '#transactions/domain/statements/dates'

const ACCOUNT = /^\d{7,18}$|^[A-Z]{2}\d{2}[A-Z\d]{8,30}$/
const MONEY = /^[+-]?\d+,\d{2}$/
const EUROPEAN_DAY = /^\d{2}\/\d{2}\/\d{4}$/
const FRENCH_MONEY = /^[+-]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*,\d{2}$/

/**
 * The columns of a file without a header that one bank alone writes so; null for all
 * others.
 *
 * ABN AMRO's (TAB): account, currency, day, balance before and after, value day, amount,
 * description. That the amount leads from one balance to the other proves it row by row.
 *
 * BNP Paribas's: day, kind, description, short description, nothing, amount, below a
 * summary in the same cells, which has the end of the account's number.
 */
export function columnsByBank(
  rows: readonly string[][]
): { columns: CsvColumns; others: Others } | null {
  if (rows.length > 0 && rows.every(isOfAbnAmro)) {
    return {
      columns: { account: 0, currency: 1, bookedOn: 2, amount: 6, description: 7 },
      others: {},
    }
  }
  if (!isOfBnpParibas(rows)) return null
  return { columns: { bookedOn: 0, amount: 5, description: 2 }, others: { description: [3, 1] } }
}

/** How many lines above the first row sum the account up and look like a row themselves. */
export function summaryLines(rows: readonly string[][]): number {
  return isOfBnpParibas(rows) ? 1 : 0
}

function isOfBnpParibas([summary, ...rows]: readonly string[][]): boolean {
  if (summary === undefined || rows.length === 0) return false
  const [, , account, day] = summary.map((cell) => cell.trim())
  return (
    /^\*{4}\d{4}$/.test(account ?? '') &&
    EUROPEAN_DAY.test(day ?? '') &&
    [summary, ...rows].every((row) => {
      const [, , , , nothing, amount] = row.map((cell) => cell.trim())
      return row.length === 6 && nothing === '' && FRENCH_MONEY.test(amount)
    }) &&
    rows.every(([first]) => EUROPEAN_DAY.test(first.trim()))
  )
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
