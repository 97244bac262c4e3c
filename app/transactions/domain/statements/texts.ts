import type { Draft } from '#transactions/domain/statements/read_row'

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

/** The payee of a row that says nothing about whom it was with. */
export const UNKNOWN_PAYEE = 'Unknown'

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

/**
 * Whom a row was with: banks send rows without a payee, which then take their
 * description (cut to what a payee holds), and rows without either.
 */
export function payeeOf(payee: string, description: string): string {
  return lineOf(payee) || cut(lineOf(description), LONGEST_TEXT.payee) || UNKNOWN_PAYEE
}

/** The first field of a draft that is longer than its column. */
export function overlongField(draft: Draft): keyof typeof LONGEST_TEXT | undefined {
  if ((draft.externalId?.length ?? 0) > LONGEST_TEXT.id) return 'id'
  if ((draft.accountName?.length ?? 0) > LONGEST_TEXT.account) return 'account'
  if (draft.payee.length > LONGEST_TEXT.payee) return 'payee'
  if (draft.description.length > LONGEST_TEXT.description) return 'description'
  if (draft.notes.length > LONGEST_TEXT.notes) return 'notes'
  if ((draft.categoryName?.length ?? 0) > LONGEST_TEXT.category) return 'category'
  return draft.tags.join().length > LONGEST_TEXT.tags ? 'tags' : undefined
}

function normalized(text: string): string {
  return NEEDS_NFC.test(text) ? text.normalize('NFC') : text
}
