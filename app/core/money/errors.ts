/** Amounts of two currencies met in one calculation. */
export class CurrencyMismatch extends Error {
  override name = 'CurrencyMismatch'

  constructor(
    readonly expected: string,
    readonly actual: string
  ) {
    super(`Cannot combine ${expected} with ${actual}`)
  }
}

/** An amount that is no integer in minor units, or outside ±(2^53−1). */
export class AmountOutOfRange extends Error {
  override name = 'AmountOutOfRange'

  constructor(minor: number | bigint) {
    super(`${minor} is not an integer within ±(2^53−1) minor units`)
  }
}

/** An amount with more decimals than its currency has. */
export class AmountTooPrecise extends Error {
  override name = 'AmountTooPrecise'

  constructor(text: string, code: string, digits: number) {
    super(`${text} has more decimals than ${code} (${digits})`)
  }
}

/** Shares that cannot divide anything: none, negative, fractional, or all zero. */
export class InvalidShares extends Error {
  override name = 'InvalidShares'

  constructor() {
    super('Shares are non-negative integers with a sum above zero')
  }
}
