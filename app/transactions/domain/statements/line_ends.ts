export const LF = 10
export const CR = 13
/** The text ends too early to say. */
export const NEEDS_MORE = -1

/** Where the line that holds `from` ends, Infinity when the text ends first. */
export function lineEndAfter(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) return at
  }
  return Infinity
}

/** Behind the terminator at `at`; a CR that ends the text may be half a CRLF. */
export function terminatorEnd(text: string, at: number, final: boolean): number {
  if (at >= text.length) return text.length
  if (text.charCodeAt(at) === LF) return at + 1
  if (at + 1 === text.length && !final) return NEEDS_MORE
  return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1
}

/** How many lines the text ends. */
export function lineBreaks(text: string): number {
  return text.includes('\n') || text.includes('\r') ? (text.match(/\r\n|[\r\n]/g)?.length ?? 0) : 0
}
