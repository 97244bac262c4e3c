import { isCurrency, type Currency } from '#core/money/currency'

export type DecimalMark = '.' | ','
export type AmountProblem =
  | 'unreadable'
  | 'tooPrecise'
  | 'outOfRange'
  | 'zero'
  | 'missing'
  | 'otherCurrency'
  | 'bothFilled'
  | 'negativeCredit'

/** Signs that name one currency; `$`, `£`, `¥` and `kr` name several and are passed over. */
const UNITS: Record<string, string> = {
  '€': 'EUR',
  'zł': 'PLN',
  'ZŁ': 'PLN',
  'Kč': 'CZK',
  'KČ': 'CZK',
  'Ft': 'HUF',
  '₽': 'RUB',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
  '₴': 'UAH',
  '₪': 'ILS',
  '₫': 'VND',
  '円': 'JPY',
}
const SHARED_UNITS = /^(?:[$£¥￥¤]|[A-Z]{1,2}\$|kr\.?|Fr\.?|Rs\.?|lei|лв\.?)$/i
const DEBIT_WORDS = new Set(['DR', 'D', 'S'])
const CREDIT_WORDS = new Set(['CR', 'C', 'H'])
const MINUS = /[-−–]/
const GROUPED = /^\d{1,3}([ \u00a0\u2009\u202f'’.,])\d{3}(?:\1\d{3})*$/
const GROUPED_IN_INDIA = /^\d{1,2}(?:,\d{2})*,\d{3}$/
const LONGEST = 64
/** Kronor and ören as they are written by hand: `1 234:50`, `100:-`. */
const COLON = /^([^:]*\d):(\d{2}(?!\d)|(?=[-–—]))([^:\d]*)$/
const COLON_CURRENCIES = new Set(['SEK', 'NOK', 'DKK'])

/**
 * A bank's amount as an integer of minor units, exactly, or why it is none.
 * Read: signs in front or behind, parentheses, CR/DR, the currency's code or
 * sign, thousands in well-formed groups, `12,-`, kronor with a colon. Refused: digits in groups
 * that are none (`12.34` where the comma is decimal), another currency, more
 * decimals than the currency has unless they are zeros.
 */
export function readAmount(
  text: string,
  decimal: DecimalMark,
  currency: Currency
): number | AmountProblem {
  const plain = readPlain(text, decimal === '.' ? 46 : 44, currency.digits)
  if (plain !== undefined) return plain
  if (text.length > LONGEST) return 'unreadable'

  const colon = COLON_CURRENCIES.has(currency.code) ? COLON.exec(text) : null
  if (colon) return readColon(colon, currency)
  const parts = /^((?:\D*\p{L}\.)?[^\d.,]*)([.,]?\d(?:.*\d)?)(\D*)$/su.exec(text.trim())
  if (!parts) return /^\s*[-–—]?\s*$/.test(text) ? 'missing' : 'unreadable'
  const [, head, body, tail] = parts
  const sign = readMarks(head, tail.replace(/^[.,](?:[-–—]{1,2})?/, ''), currency.code)
  if (typeof sign === 'string') return sign

  const magnitude = readMagnitude(body, decimal, currency.digits)
  return typeof magnitude === 'string' ? magnitude : sign * magnitude + 0
}

/**
 * An amount as standards have it written: an optional sign, digits, and at most
 * one decimal mark of either kind (OFX and MT940 allow both). Nothing is rounded.
 */
export function readExactAmount(text: string, currency: Currency): number | AmountProblem {
  const trimmed = text.trim()
  if (trimmed === '') return 'missing'
  const parts = /^([+-]?)(?=[.,]?\d)(\d*)(?:[.,](\d*))?$/.exec(trimmed)
  if (!parts || trimmed.length > LONGEST) return 'unreadable'
  const magnitude = minorUnits(parts[2], parts[3] ?? '', currency.digits)
  if (typeof magnitude === 'string') return magnitude
  return parts[1] === '-' ? 0 - magnitude : magnitude
}

/**
 * The signed amount of a debit and a credit column: a debit leaves the account
 * whatever its sign, and only one of the two may be filled. A negative credit is
 * refused unless the file has them all so.
 */
export function readDebitCredit(
  debitText: string,
  creditText: string,
  {
    decimal,
    currency,
    creditsAreNegative = false,
  }: { decimal: DecimalMark; currency: Currency; creditsAreNegative?: boolean }
): number | AmountProblem {
  const debitCell = readAmount(debitText, decimal, currency)
  const creditCell = readAmount(creditText, decimal, currency)
  if (debitCell === 'missing' && creditCell === 'missing') return 'missing'
  const debit = debitCell === 'missing' ? 0 : debitCell
  const credit = creditCell === 'missing' ? 0 : creditCell
  if (typeof debit === 'string') return debit
  if (typeof credit === 'string') return credit

  if (debit !== 0 && credit !== 0) return 'bothFilled'
  if (debit !== 0) return -Math.abs(debit)
  if (creditsAreNegative && credit < 0) return -credit
  return credit < 0 ? 'negativeCredit' : credit
}

/**
 * The decimal mark of a column's sample. Both marks in one number, a mark
 * twice, a mark without three digits behind it, or three that are more than
 * the currency's `digits` decide; when every number could be read both ways
 * (`1.230`) the confidence is 0.5.
 */
export function detectDecimal(
  samples: readonly string[],
  digits: number
): { decimal: DecimalMark; confidence: number } {
  const votes = { '.': 0, ',': 0 }
  let open: DecimalMark | undefined
  for (const text of samples) {
    if (COLON.test(text)) continue
    const number = /\d[\d.,' \u00a0\u2009\u202f’]*|[.,]\d+/u.exec(text)?.[0].trim() ?? ''
    const mark = number[Math.max(number.lastIndexOf('.'), number.lastIndexOf(','))]
    if (mark !== '.' && mark !== ',') continue
    const other = mark === '.' ? ',' : '.'
    if (number.split(mark).length > 2) votes[other]++
    else if (number.includes(other) || !/^[1-9]\d{0,2}[.,]\d{3}$/.test(number)) votes[mark]++
    else if (digits < 3 && (digits === 0 || !number.endsWith('0'))) votes[other]++
    else open = mark
  }
  const total = votes['.'] + votes[',']
  if (total === 0) return { decimal: open ?? '.', confidence: open ? 0.5 : 1 }
  const decimal = votes['.'] >= votes[','] ? '.' : ','
  return { decimal, confidence: votes[decimal] / total }
}

/** `-12.34` without anything else: nearly every row of nearly every file. */
function readPlain(text: string, mark: number, digits: number): number | undefined {
  const negative = text.charCodeAt(0) === 45
  const first = negative ? 1 : 0
  if (text.length === first || text.length > 15 - digits) return undefined
  let value = 0
  let decimals = -1
  for (let at = first; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      value = value * 10 + (code - 48)
      if (decimals >= 0) decimals++
    } else if (code === mark && decimals < 0 && at > first) {
      decimals = 0
    } else return undefined
  }
  if (decimals === 0 || decimals > digits) return undefined
  for (let missing = digits - Math.max(0, decimals); missing > 0; missing--) value *= 10
  return negative ? 0 - value : value
}

/** Any other mark in it stands between thousands. */
function readColon([, whole, cents, tail]: string[], currency: Currency): number | AmountProblem {
  const decimal = whole.includes(',') ? '.' : ','
  return readAmount(`${whole}${decimal}${cents}${tail}`, decimal, currency)
}

function readMarks(head: string, tail: string, code: string): 1 | -1 | AmountProblem {
  const bracketed = head.includes('(') && tail.includes(')')
  const marks = bracketed
    ? `${head.replace('(', ' ')} ${tail.replace(')', ' ')}`
    : `${head} ${tail}`
  const signs: number[] = bracketed ? [-1] : []
  for (const mark of marks.match(/[-−–+]|[^\s\-−–+]+/gu) ?? []) {
    const upper = mark.toUpperCase()
    const unit = UNITS[mark] ?? (isCurrency(upper) ? upper : undefined)
    if (MINUS.test(mark) || DEBIT_WORDS.has(upper)) signs.push(-1)
    else if (mark === '+' || CREDIT_WORDS.has(upper)) signs.push(1)
    else if (unit !== undefined && unit !== code) return 'otherCurrency'
    else if (unit === undefined && !SHARED_UNITS.test(mark)) return 'unreadable'
  }
  if (signs.length > 1) return 'unreadable'
  return signs[0] === -1 ? -1 : 1
}

function readMagnitude(body: string, decimal: DecimalMark, digits: number): number | AmountProblem {
  const [whole, fraction = '', ...more] = body.split(decimal)
  const grouped = GROUPED.test(whole) || GROUPED_IN_INDIA.test(whole)
  if (more.length > 0 || !/^\d*$/.test(fraction) || !(grouped || /^\d*$/.test(whole))) {
    return 'unreadable'
  }
  return minorUnits(whole.replace(/\D/g, ''), fraction, digits)
}

function minorUnits(whole: string, fraction: string, digits: number): number | AmountProblem {
  if (/[^0]/.test(fraction.slice(digits))) return 'tooPrecise'

  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : 'outOfRange'
}
