const EXACT_AS_IS = /^-?\d{1,15}$/
const PARTS = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/**
 * Whether a JSON number is still the same number after it became a double and
 * was written out again: `9007199254740993`, `1e400` and `0.1` followed by
 * twenty digits are not. Whole numbers end at ±(2^53 − 1), where neighbours
 * begin to fall together.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7493#section-2.2
 */
export function survives(text: string): boolean {
  if (EXACT_AS_IS.test(text)) {
    return true
  }
  const value = Number(text)
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    return false
  }
  const [digits, exponent] = decimal(text)
  const [kept, keptExponent] = decimal(String(value))
  return digits === kept && exponent === keptExponent
}

/** `0.250e3` → digits `25`, exponent 1: the one way to write it as digits × 10^exponent. */
function decimal(text: string): [digits: string, exponent: number] {
  const [, whole, fraction = '', exponent = '0'] = PARTS.exec(text)!
  const all = whole + fraction
  const end = lastNonZero(all) + 1
  const digits = all.slice(0, end).replace(/^0+/, '')
  return digits === '' ? ['', 0] : [digits, Number(exponent) - fraction.length + all.length - end]
}

function lastNonZero(digits: string): number {
  let index = digits.length - 1
  while (index >= 0 && digits[index] === '0') {
    index--
  }
  return index
}
