import { isFromPostgres, plainReason } from '#core/queue/failures/plain_reason'

const LONGEST_MESSAGE = 500
const MOST_FRAMES = 12
const LONGEST_FRAMES = 2_000

/** How many errors down, by cause or by list, is told. */
const DEEPEST = 4

/** What errors say beside their message that is nobody's: never rows, values, bodies or addressees. */
const TOLD = [
  'code',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'errno',
  'syscall',
  'address',
  'port',
  'hostname',
  'status',
  'responseCode',
  'command',
] as const

/**
 * An error as it is logged: class, message, where it came from and its causes. The
 * messages of Postgres quote values, and its details whole rows, so of these only
 * SQLSTATE, table and constraint are told; other long messages are cut off.
 */
export function serializedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error

  const type = error.constructor?.name || error.name
  const message = isFromPostgres(error) ? plainReason(error) : cut(error.message, LONGEST_MESSAGE)
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  const isDeepest = depth >= DEEPEST
  return {
    type,
    message,
    ...factsOf(error),
    stack: `${type}: ${message}\n${framesOf(error)}`,
    ...(cause instanceof Error && !isDeepest && { cause: serializedError(cause, depth + 1) }),
    ...(Array.isArray(errors) && !isDeepest && { errors: serializedErrors(errors, depth + 1) }),
  }
}

/** Where an error was thrown, without its message, which may quote. */
export function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^ {4,}at /.test(line))
  return cut(frames.slice(0, MOST_FRAMES).join('\n'), LONGEST_FRAMES)
}

function serializedErrors(errors: unknown[], depth: number) {
  return errors
    .filter((error) => error instanceof Error)
    .slice(0, MOST_FRAMES)
    .map((error) => serializedError(error, depth))
}

function factsOf(error: Error) {
  const facts = error as unknown as Record<string, unknown>
  return Object.fromEntries(
    TOLD.filter((name) => ['string', 'number'].includes(typeof facts[name])).map((name) => {
      const fact = facts[name]
      return [name, typeof fact === 'string' ? cut(fact, 100) : fact]
    })
  )
}

function cut(text: string, length: number) {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
