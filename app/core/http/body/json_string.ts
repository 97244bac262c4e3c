const NEEDS_DECODING = /[\\\u0000-\u001f]/

/** Where the string that opens at `start` closes; -1 when it never does. */
export function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1)
  }
  return end
}

/**
 * The text of a JSON string, quotes included; undefined when it has a bad
 * escape, a raw control character, NUL or a lone surrogate.
 */
export function decodeString(quoted: string): string | undefined {
  const value = NEEDS_DECODING.test(quoted) ? unescape(quoted) : quoted.slice(1, -1)
  return value?.isWellFormed() && !value.includes('\0') ? value : undefined
}

function unescape(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted)
  } catch {
    return undefined
  }
}

function isEscaped(text: string, quote: number): boolean {
  let first = quote
  while (text[first - 1] === '\\') {
    first--
  }
  return (quote - first) % 2 === 1
}
