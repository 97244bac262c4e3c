/** The longest text each field takes, in UTF-16 units. */
export const LONGEST_TEXT = {
  id: 255,
  account: 100,
  payee: 255,
  description: 1000,
  notes: 5000,
  category: 100,
  tags: 1000,
} as const

/** Everything below U+0300 is its own NFC; most cells end here. */
const NEEDS_NFC = /[\u0300-\uffff]/
const UNTIDY_LINE = /[\u0000-\u001f\u007f-\u009f\u00a0\u2028\u2029]|\s\s/
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g

/**
 * One line of text: NFC, white space and control characters each run to one
 * space, trimmed. Nothing else changes: what looks like a formula stays.
 */
export function lineOf(cell: string): string {
  if (cell === '') return cell
  const text = UNTIDY_LINE.test(cell) ? cell.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ') : cell
  return normalized(text.trim())
}

/** Text that keeps its lines, ended by LF alone, without other control characters; NFC, trimmed. */
export function paragraphOf(cell: string): string {
  if (cell === '') return cell
  const text = UNTIDY_LINE.test(cell)
    ? cell.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(CONTROLS, ' ')
    : cell
  return normalized(text.trim())
}

/** The first `longest` UTF-16 units, without half a character at the end. */
export function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : text
        .slice(0, longest)
        .replace(/[\ud800-\udbff]$/, '')
        .trim()
}

/** The tags of a cell, split at `,` `;` or `|`, each once. */
export function tagsOf(cell: string): string[] {
  if (cell === '') return []
  const tags = cell.split(/[,;|]/).map(lineOf)
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

function normalized(text: string): string {
  return NEEDS_NFC.test(text) ? text.normalize('NFC') : text
}
