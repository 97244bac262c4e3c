import {
  Conflict,
  Reconciled,
  ServiceUnavailable,
  ValidationFailed,
  type Problem,
} from '#core/http/problem'

/** Nobody listens, the name is unknown, or the connection broke. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** What node-postgres and Knex say in words only. */
const LOST = [
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Transaction query already complete, run with DEBUG=knex:tx for more info',
]

/** Text or numbers that Postgres can't hold: NUL, surrogates, too long, out of range. */
const UNSTORABLE = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P05'])

/** What `keep_reconciled` raises (database/migrations/0013_create_matches). */
const RECONCILED = 'FN001'

const SQLSTATE = /^[0-9A-Z]{5}$/

/**
 * What a failing dependency means for the client; undefined when the error is a
 * defect of ours.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function dependencyProblem(error: unknown): Problem | undefined {
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown }
  if (NETWORK.has(code as string) || saysLost(message) || name === 'KnexTimeoutError') {
    return new ServiceUnavailable(5, error)
  }
  if (typeof code === 'string' && SQLSTATE.test(code)) {
    return databaseProblem(code, error)
  }
  return undefined
}

/** Knex puts the statement before the words. */
function saysLost(message: unknown) {
  return typeof message === 'string' && LOST.some((words) => message.endsWith(words))
}

function databaseProblem(sqlState: string, error: unknown): Problem | undefined {
  switch (sqlState) {
    case '23505':
      return new Conflict('It exists already.')
    case RECONCILED:
      return new Reconciled()
    case '23503':
      return invalid('exists', 'Something it refers to does not exist', error)
    case '23514':
      return invalid('check', 'A value is not allowed', error)
    case '40001':
    case '40P01':
    case '55P03':
      return new ServiceUnavailable(1, error)
    case '57014':
    case '25006':
      return new ServiceUnavailable(5, error)
  }
  if (UNSTORABLE.has(sqlState)) {
    return invalid('storable', 'A value cannot be stored', error)
  }
  return /^(?:08|53|57P)/.test(sqlState) ? new ServiceUnavailable(5, error) : undefined
}

/** Which field it was is not told: constraint names are internal. */
function invalid(rule: string, message: string, cause: unknown) {
  return new ValidationFailed([{ field: '', rule, message }], cause)
}
