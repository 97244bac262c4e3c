import { isUuid } from '#core/database/uuid'

/** An id in a sentence. */
const ID = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i
const LONGEST = 300

/** No more of a message is looked at. */
const MOST_READ = 2_000

/** What this answered of an error of Postgres: asked again, it answers the same. */
const TOLD_BEFORE = /^SQLSTATE [0-9A-Z]{5}(?: \w{1,63}){0,2}$/

/** What may be somebody's: addresses, whatever was quoted, also when its end is cut off, values of columns, … */
const TELLING = [
  /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g,
  /"[^"]*(?:"|$)|`[^`]*(?:`|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)/g,
  /(?<!\w)'[^']*(?:'(?!\w)|$)/g,
  /=\([^)]*(?:\)|$)/g,
]

/** … and numbers that tell. */
const NUMBERS = [/\b[A-Z]{2}\d{2}(?: ?[\dA-Z]){4,}\b/g, /\d[\d.,' ]{3,}\d/g]

interface DatabaseError extends Error {
  code?: string
  table?: string
  constraint?: string
}

/**
 * What an error says, without what it may say about a person: for a mail. Ids stay.
 * Of Postgres the SQLSTATE, table and constraint; its messages quote rows.
 */
export function plainReason(error: Error): string {
  const { code, table, constraint, message } = error as DatabaseError
  if (isFromPostgres(error)) {
    return ['SQLSTATE', code, table, constraint].filter(Boolean).join(' ').slice(0, LONGEST)
  }
  if (TOLD_BEFORE.test(message)) return message
  const [line] = message
    .trim()
    .slice(0, MOST_READ)
    .split(/[\r\n]/)
  return without(TELLING, line)
    .split(ID)
    .map((part, position) => (position % 2 === 1 ? part : without(NUMBERS, part)))
    .join('')
    .slice(0, LONGEST)
}

/** Whether the error carries an SQLSTATE. */
export function isFromPostgres(error: Error): boolean {
  const { code } = error as DatabaseError
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code)
}

function without(telling: RegExp[], text: string) {
  return telling.reduce((plain, pattern) => plain.replace(pattern, '…'), text)
}

/** The ids, numbers and switches of a payload. */
export function plainIds(payload: object): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(payload).filter(([, value]) =>
      typeof value === 'string' ? isUuid(value) : isPlain(value)
    )
  )
}

function isPlain(value: unknown) {
  return typeof value === 'boolean' || Number.isSafeInteger(value)
}
