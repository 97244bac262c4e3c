/**
 * How a tie is broken: `half-even` to the even neighbour (bankers' rounding,
 * no drift over many roundings), `half-up` away from zero (as on an invoice).
 */
export type Rounding = 'half-even' | 'half-up'

/** Text that is no plain decimal number such as `-12.34`. */
export class InvalidDecimal extends Error {
  override name = 'InvalidDecimal'

  constructor(readonly text: string) {
    super(`${JSON.stringify(text.slice(0, 50))} is not a decimal number`)
  }
}

/** A ratio over zero has no value; who asks decides what to say instead. */
export class DivisionByZero extends Error {
  override name = 'DivisionByZero'

  constructor() {
    super('A ratio over zero has no value')
  }
}

/** `coefficient × 10^−scale`, exactly. */
export interface Decimal {
  readonly coefficient: bigint
  readonly scale: number
}

const LONGEST = 100

/** Reads `12.34`, `-0.5` or `7` exactly; no exponent, no separators. Throws `InvalidDecimal`. */
export function parseDecimal(text: string): Decimal {
  const match = text.length > LONGEST ? null : /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new InvalidDecimal(text)

  const [, sign, whole, fraction = ''] = match
  const magnitude = BigInt(whole + fraction)
  return { coefficient: sign === '-' ? -magnitude : magnitude, scale: fraction.length }
}

/** Writes `coefficient × 10^−scale` with exactly `scale` decimals. */
export function formatDecimal(coefficient: bigint, scale: number): string {
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString().padStart(scale + 1, '0')
  const sign = coefficient < 0n ? '-' : ''
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The integer nearest to `numerator ÷ denominator`. Throws `DivisionByZero`. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw new DivisionByZero()

  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = n / d
  const twice = (n % d) * 2n
  const roundsUp = twice > d || (twice === d && (rounding === 'half-up' || quotient % 2n === 1n))
  const magnitude = roundsUp ? quotient + 1n : quotient
  return negative ? -magnitude : magnitude
}

/**
 * `numerator ÷ denominator` as a decimal string with exactly `digits`
 * decimals, rounded once: `ratio(1, 3, 4)` is `0.3333`. Numbers must be
 * integers (minor units, counts). Throws `DivisionByZero`.
 */
export function ratio(
  numerator: bigint | number,
  denominator: bigint | number,
  digits = 4,
  rounding: Rounding = 'half-even'
): string {
  const scaled = BigInt(numerator) * 10n ** BigInt(digits)
  return formatDecimal(divideRounded(scaled, BigInt(denominator), rounding), digits)
}
