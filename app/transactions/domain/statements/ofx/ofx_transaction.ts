import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import { readExactAmount } from '#transactions/domain/statements/amounts'
import { draftOf, writtenEntry } from '#transactions/domain/statements/draft'
import type { Draft } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'

/** The values of a `STMTTRN`; those of an aggregate inside it as `PAYEE.NAME`. */
export type OfxFields = ReadonlyMap<string, string>

/**
 * Reads one `STMTTRN` of OFX 1 or 2 (OFX 2.3, 11.4.4), in the statement's currency.
 *
 * @param isExported by Finora: its id may be that of a transaction
 */
export function transactionOf(
  fields: OfxFields,
  statement: Currency,
  isExported: boolean
): Draft | Rejection {
  const text = (name: string) => fields.get(name) ?? ''
  if (fields.has('DTTRAN') && !fields.has('DTPOSTED')) return new Rejection('bookedOn', 'notBooked')
  if (fields.has('CORRECTACTION')) return new Rejection(null, 'correction')

  // CURRENCY says what TRNAMT is in; ORIGCURRENCY only what it was converted from.
  const code = text('CURRENCY.CURSYM').toUpperCase() || statement.code
  const currency = isCurrency(code) ? currencyOf(code) : statement
  const entry = {
    id: text('FITID'),
    isExported,
    day: dayOf(text('DTPOSTED')),
    payee: wholeOf(text('NAME') || text('PAYEE.NAME'), text('EXTDNAME') || text('EXTDPAYEE.NAME')),
    description: text('MEMO'),
    amount: readExactAmount(ungrouped(text('TRNAMT')), currency),
    amountText: text('TRNAMT'),
    currency,
  }
  if (isCurrency(code)) return draftOf(entry)
  return new Rejection('currency', 'unknownCurrency', { ...writtenEntry(entry), currency: code })
}

/**
 * Some banks put a mark between thousands, which OFX has none for; only another mark
 * behind it tells that it isn't the decimal one.
 */
function ungrouped(amount: string): string {
  const isGrouped = /^\s*[+-]?\d{1,3}(?:(?:,\d{3})+\.|(?:\.\d{3})+,)\d+\s*$/.test(amount)
  return isGrouped ? amount.replace(/[.,](?=.*[.,])/g, '') : amount
}

/** `NAME` has 32 characters at most; what it begins may stand whole beside it. */
function wholeOf(name: string, extended: string): string {
  return name === '' || extended.startsWith(name) ? extended || name : name
}

/** The day of `20260131120000.000[-5:EST]`: the bank's own, whatever its zone. */
export function dayOf(text: string): string {
  return /^(\d{8})(?:\d{4}(?:\d\d)?)?(?:\D.{0,40})?$/.exec(text)?.[1] ?? text
}
