const QUOTE = 34
const LF = 10
const CR = 13

/** One text and nothing else: no formula that would have to be worked out. */
const TEXT = /^="((?:[^"]|"")*)"$/

/**
 * Where a cell that begins at `from` and is written `="…"`, as text that Excel must not
 * take for a number or a day, has its delimiter or line end; `from` where it isn't written
 * so, and the end of the text where that is yet to come.
 */
export function excelTextEnd(
  text: string,
  from: number,
  { delimiter, final }: { delimiter: number; final: boolean }
): number {
  const isCut = final ? from : text.length
  if (from + 1 >= text.length) return isCut
  if (text.charCodeAt(from + 1) !== QUOTE) return from
  for (let at = from + 2; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LF || code === CR) return from
    if (code !== QUOTE) continue
    const next = text.charCodeAt(at + 1)
    if (next === QUOTE) at++
    else if (at + 1 === text.length) return text.length
    else return next === delimiter || next === LF || next === CR ? at + 1 : from
  }
  return isCut
}

/** What a cell says: the content of `="…"`, anything else as it is. */
export function withoutExcelText(cell: string): string {
  return TEXT.exec(cell)?.[1].replaceAll('""', '"') ?? cell
}
