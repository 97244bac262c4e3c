import { currency as currencyOf, isCurrency, type Currency } from '#core/money/currency'
import { readExactAmount, type AmountProblem } from '#transactions/domain/statements/amounts'
import type { XmlElement } from '#transactions/domain/statements/camt/xml_units'
import { draftOf, isReference } from '#transactions/domain/statements/draft'
import type { Draft } from '#transactions/domain/statements/read_row'
import { Rejection } from '#transactions/domain/statements/rejection'

/** One row to be: a part of the source, and what it says. */
export interface CamtRow {
  read: Draft | Rejection
  source: XmlElement
}

/** Names of elements that a row needs. */
export const ENTRY_ELEMENTS = new Set(
  `Amt CdtDbtInd RvslInd Sts Cd Prtry BookgDt ValDt Dt DtTm AcctSvcrRef NtryDtls TxDtls Refs
   AmtDtls TxAmt BkTxCd RltdPties Dbtr Cdtr UltmtDbtr UltmtCdtr Pty Nm RmtInf Ustrd Strd CdtrRefInf Ref
   AddtlRmtInf AddtlTxInf AddtlNtryInf`.split(/\s+/)
)

/**
 * The rows of an `Ntry` (ISO 20022 camt.052, .053, .054, versions 1 to 13): one
 * for each transaction of a batch whose own amounts add up to the entry's,
 * otherwise the entry itself. Pending entries are rejected.
 */
export function rowsOf(entry: XmlElement): CamtRow[] {
  const refused = (rejection: Rejection) => [{ read: rejection, source: entry }]
  const status = entry.textOf('Sts', 'Cd') || entry.textOf('Sts', 'Prtry') || entry.textOf('Sts')
  if (status !== '' && status !== 'BOOK') return refused(new Rejection('status', 'notBooked'))
  const money = moneyOf(entry, entry)
  if (money instanceof Rejection) return refused(money)

  const details = entry.all('NtryDtls').flatMap((group) => group.all('TxDtls'))
  const parts = partsOf(entry, details, money)
  if (parts === null) {
    return [{ read: draftFrom(entry, details, money, ''), source: entry }]
  }
  return parts.map((part, index) => ({
    read: draftFrom(entry, [details[index]], part, `/${index + 1}`),
    source: details[index],
  }))
}

interface CamtMoney {
  amount: number | AmountProblem
  /** The amount as it stands there, with its sign. */
  amountText: string
  currency: Currency
}

/** The signed amount of an entry, or of one of its transactions, which may leave the sign to it. */
function moneyOf(holder: XmlElement, entry: XmlElement): CamtMoney | Rejection {
  const element = holder.find('Amt') ?? holder.find('AmtDtls', 'TxAmt', 'Amt')
  if (!element) return new Rejection('amount', 'missing')
  const code = element.attributes.Ccy ?? ''
  if (!isCurrency(code)) return new Rejection('currency', code ? 'unknownCurrency' : 'missing')

  const direction = holder.textOf('CdtDbtInd') || entry.textOf('CdtDbtInd')
  const currency = currencyOf(code)
  const amount = readExactAmount(element.text, currency)
  if (direction !== 'CRDT' && direction !== 'DBIT') return new Rejection('direction', 'unreadable')
  const isOut = direction === 'DBIT'
  return {
    amount: typeof amount === 'number' && isOut ? 0 - amount : amount,
    amountText: `${isOut ? '-' : ''}${element.text.trim()}`,
    currency,
  }
}

/** What the transactions of a batch come to, if that is what the entry comes to. */
function partsOf(entry: XmlElement, details: XmlElement[], whole: CamtMoney): CamtMoney[] | null {
  if (details.length < 2) return null
  const parts: CamtMoney[] = []
  let sum = 0
  for (const detail of details) {
    const money = moneyOf(detail, entry)
    if (money instanceof Rejection || typeof money.amount !== 'number') return null
    if (money.currency !== whole.currency || money.amount === 0) return null
    parts.push(money)
    sum += money.amount
  }
  return sum === whole.amount ? parts : null
}

function draftFrom(
  entry: XmlElement,
  details: XmlElement[],
  { amount, amountText, currency }: CamtMoney,
  part: string
): Draft | Rejection {
  const day = dayOf(entry, 'BookgDt') || dayOf(entry, 'ValDt')
  const [detail] = details
  const description = descriptionOf(entry, details)
  const counterparty = details.length === 1 ? counterpartyOf(detail, entry) : ''
  return draftOf({
    id: idOf(entry, details, amount, part),
    day,
    payee: counterparty || (description ? '' : kindOf(entry, detail)),
    description,
    amount,
    amountText,
    currency,
  })
}

/**
 * Of the references only the servicing bank's identifies an entry; a fee may
 * still share that of its payment, and a batch that of all its transactions, so
 * the amount and the place in the batch are part of the id. `NtryRef` may be the
 * same for all of a day; `EndToEndId` is the payer's and comes again with every
 * standing order.
 */
function idOf(
  entry: XmlElement,
  details: XmlElement[],
  amount: number | AmountProblem,
  part: string
): string {
  const whole = entry.textOf('AcctSvcrRef')
  const own = details.length === 1 ? details[0].textOf('Refs', 'AcctSvcrRef') : ''
  const reference = [whole, own].find(isReference)
  if (typeof amount === 'string') return ''
  return reference ? `${reference}${part}/${amount}` : ''
}

function dayOf(entry: XmlElement, name: string): string {
  const text = entry.textOf(name, 'Dt') || entry.textOf(name, 'DtTm')
  return /^(\d{4}-\d\d-\d\d)(?:$|[TZ+-])/.exec(text)?.[1] ?? text
}

/** Who stands at the other end; a reversal names the parties of what it reverses. */
function counterpartyOf(detail: XmlElement, entry: XmlElement): string {
  const direction = detail.textOf('CdtDbtInd') || entry.textOf('CdtDbtInd')
  const isReversal = /^(?:true|1)$/.test(entry.textOf('RvslInd'))
  const role = (direction === 'CRDT') !== isReversal ? 'Dbtr' : 'Cdtr'
  return nameOf(detail, role) || nameOf(detail, `Ultmt${role}`)
}

/** Since version 8 the name stands one level deeper. */
function nameOf(detail: XmlElement, role: string): string {
  const path = ['RltdPties', role]
  return detail.textOf(...path, 'Nm') || detail.textOf(...path, 'Pty', 'Nm')
}

function descriptionOf(entry: XmlElement, details: XmlElement[]): string {
  const said = details.map((detail) => remittanceOf(detail) || detail.textOf('AddtlTxInf'))
  return said.filter(Boolean).join('\n') || entry.textOf('AddtlNtryInf')
}

/** The bank's own words for the kind of the entry, where they are words and no code (`NMSC+201`). */
function kindOf(entry: XmlElement, detail: XmlElement | undefined): string {
  const kinds = [detail, entry].map((each) => each?.textOf('BkTxCd', 'Prtry', 'Cd') ?? '')
  return kinds.find((kind) => /\p{L}{4}/u.test(kind) && !/^[A-Z\d]*\+/.test(kind)) ?? ''
}

function remittanceOf(detail: XmlElement): string {
  const parts = detail.find('RmtInf')?.children ?? []
  return parts
    .flatMap((part) =>
      part.name === 'Ustrd'
        ? part.text
        : [part.textOf('CdtrRefInf', 'Ref'), ...part.all('AddtlRmtInf').map(({ text }) => text)]
    )
    .map((text) => text.trim())
    .filter(Boolean)
    .join(' ')
}
