/** What a spreadsheet would take for a formula: never a plain number with its sign. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d.,\s]*$)/

/** An apostrophe in front is no quote to anybody who sees that there are others. */
const NEEDS_QUOTES = /^'|["\r\n]/

/** One line of RFC 4180, in which no cell is a formula to a spreadsheet (OWASP, CSV Injection). */
export function csvLine(cells: readonly (string | number | null)[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(String(cell ?? ''), delimiter)).join(delimiter)}\r\n`
}

function csvCell(text: string, delimiter: string) {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  const needsQuotes = NEEDS_QUOTES.test(harmless) || harmless.includes(delimiter)
  return needsQuotes ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
