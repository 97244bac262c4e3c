import { currency as currencyOf } from '#core/money/currency'
import { divideRounded, formatDecimal, parseDecimal, type Rounding } from '#core/money/decimal'
import {
  AmountOutOfRange,
  AmountTooPrecise,
  CurrencyMismatch,
  InvalidShares,
} from '#core/money/errors'

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, code: string, digits: number): Intl.NumberFormat {
  const key = `${locale} ${code}`
  const known = formatters.get(key)
  if (known) return known

  const created = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  formatters.set(key, created)
  return created
}

/**
 * An immutable amount: an integer of minor units within ±(2^53−1), and its
 * ISO 4217 currency. Every operation is exact or throws; only `multiply`
 * rounds, once, the way it is told to.
 */
export class Money {
  readonly minor: number
  readonly currency: string

  /** Throws `UnknownCurrency`, `AmountOutOfRange`. */
  static of(minor: number | bigint, code: string): Money {
    return new Money(minor, currencyOf(code).code)
  }

  static zero(code: string): Money {
    return Money.of(0, code)
  }

  /**
   * Reads a decimal string of major units: `Money.parse('12.34', 'EUR')` is
   * 1234 cents. Throws `InvalidDecimal`, `AmountTooPrecise`, `AmountOutOfRange`.
   */
  static parse(text: string, code: string): Money {
    const { digits } = currencyOf(code)
    const { coefficient, scale } = parseDecimal(text)
    if (scale <= digits) return Money.of(coefficient * 10n ** BigInt(digits - scale), code)

    const excess = 10n ** BigInt(scale - digits)
    if (coefficient % excess !== 0n) throw new AmountTooPrecise(text, code, digits)
    return Money.of(coefficient / excess, code)
  }

  /** The sum, zero of `code` when there is nothing to add. Throws `CurrencyMismatch`. */
  static sum(amounts: Iterable<Money>, code: string): Money {
    let total = Money.zero(code)
    for (const amount of amounts) total = total.add(amount)
    return total
  }

  private constructor(minor: number | bigint, code: string) {
    this.minor = Number(minor) + 0
    this.currency = code
    if (!Number.isSafeInteger(this.minor)) throw new AmountOutOfRange(minor)
    Object.freeze(this)
  }

  add(other: Money): Money {
    return this.#with(this.minor + this.#minorOf(other))
  }

  subtract(other: Money): Money {
    return this.#with(this.minor - this.#minorOf(other))
  }

  negate(): Money {
    return this.#with(-this.minor)
  }

  absolute(): Money {
    return this.#with(Math.abs(this.minor))
  }

  /** Times a decimal string, rounded once to the minor unit: `'0.19'`, `'1.0825'`. */
  multiply(factor: string, rounding: Rounding): Money {
    const { coefficient, scale } = parseDecimal(factor)
    return this.#with(
      divideRounded(BigInt(this.minor) * coefficient, 10n ** BigInt(scale), rounding)
    )
  }

  /**
   * Divides the amount by shares without losing a minor unit: each part gets
   * its whole units, the left-over units go to the largest remainders (the
   * earlier share wins a tie). Throws `InvalidShares`.
   */
  allocate(shares: readonly number[]): Money[] {
    if (!shares.every((share) => Number.isSafeInteger(share) && share >= 0)) {
      throw new InvalidShares()
    }
    const total = shares.reduce((sum, share) => sum + BigInt(share), 0n)
    if (total === 0n) throw new InvalidShares()

    const magnitude = BigInt(Math.abs(this.minor))
    const parts = shares.map((share) => (magnitude * BigInt(share)) / total)
    const remainders = shares.map((share) => (magnitude * BigInt(share)) % total)
    const leftOver = Number(magnitude - parts.reduce((sum, part) => sum + part, 0n))
    const byRemainder = shares
      .map((_, index) => index)
      .sort((a, b) => Number(remainders[b] - remainders[a]) || a - b)
    for (const index of byRemainder.slice(0, leftOver)) parts[index] += 1n

    return parts.map((part) => this.#with(this.isNegative ? -part : part))
  }

  /** Negative, zero or positive, as `Array.prototype.sort` wants it. */
  compare(other: Money): number {
    return Math.sign(this.minor - this.#minorOf(other))
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.minor === other.minor
  }

  get isZero(): boolean {
    return this.minor === 0
  }

  get isNegative(): boolean {
    return this.minor < 0
  }

  /** Major units with exactly the currency's decimals: `-12.34`, `500` for JPY. */
  toDecimal(): string {
    return formatDecimal(BigInt(this.minor), currencyOf(this.currency).digits)
  }

  /** For people, in their locale (BCP 47), with exactly the currency's decimals. */
  format(locale: string): string {
    const { code, digits } = currencyOf(this.currency)
    return formatter(locale, code, digits).format(this.toDecimal() as Intl.StringNumericLiteral)
  }

  /** The shape of the API: minor units beside the currency. */
  toJSON(): { amount: number; currency: string } {
    return { amount: this.minor, currency: this.currency }
  }

  #with(minor: number | bigint): Money {
    return new Money(minor, this.currency)
  }

  #minorOf(other: Money): number {
    if (other.currency !== this.currency) throw new CurrencyMismatch(this.currency, other.currency)
    return other.minor
  }
}
