import { currency as currencyOf } from '#core/money/currency'
import { detectDecimal, type DecimalMark } from '#transactions/domain/statements/amounts'
import { requireConfidence } from '#transactions/domain/statements/confidence'
import { detectDateOrder } from '#transactions/domain/statements/date_order'
import { dateOrder, type DateOrder } from '#transactions/domain/statements/dates'
import type { Mapping } from '#transactions/domain/statements/mapping'
import { QifRecords, holdsTransactions } from '#transactions/domain/statements/qif/qif_records'
import { plainDay } from '#transactions/domain/statements/qif/qif_transaction'

/** How a QIF writes days and amounts, which its standard leaves to the program's country. */
export interface QifLayout {
  readonly format: 'qif'
  readonly encoding: string
  readonly decimal: DecimalMark
  readonly dateOrder: DateOrder
  readonly confidence: Record<'format' | 'encoding' | 'decimal' | 'dateOrder', number>
}

/**
 * Recognises days and amounts from a file's beginning. Throws `StatementRefused`
 * when they can be read in two ways and the mapping doesn't say which.
 */
export function inspectQif(
  text: string,
  { mapping, currency }: { mapping: Mapping; currency: string }
): Pick<QifLayout, 'decimal' | 'dateOrder'> & {
  confidence: Record<'decimal' | 'dateOrder', number>
} {
  const values = (letter: string) =>
    records.flatMap((lines) => lines.find((line) => line.startsWith(letter))?.slice(1) ?? [])
  const records = new QifRecords()
    .push(text)
    .filter(({ section }) => holdsTransactions(section))
    .map(({ lines }) => lines)

  const decimal = mapping.decimal
    ? { decimal: mapping.decimal, confidence: 1 }
    : detectDecimal(values('T'), currencyOf(currency).digits)
  requireConfidence(decimal.confidence, 'decimal')
  const order = mapping.dateFormat
    ? { order: dateOrder(mapping.dateFormat), confidence: 1 }
    : detectDateOrder(values('D').map(plainDay), { dayFirst: decimal.decimal === ',' })
  requireConfidence(order.confidence, 'dateFormat')

  return {
    decimal: decimal.decimal,
    dateOrder: order.order,
    confidence: { decimal: decimal.confidence, dateOrder: order.confidence },
  }
}
