import { UnrecoverableError } from 'bullmq'
import { Unavailable } from '#core/queue/unavailable'

/** What Nodemailer and the network say when no mail server was reached at all. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'EDNS', 'ENOTFOUND'])

/** … and when one was, or may have been, and then no more. */
const CUT_OFF = new Set(['ECONNECTION', 'ECONNRESET', 'ESOCKET', 'ETIMEDOUT'])

/** … and when it takes no mail from us: the settings are wrong, not the mail. */
const NOT_LET_IN = new Set(['EAUTH', 'EPROTOCOL', 'ETLS'])

/** The mail server will never take this mail: trying again is no use. */
export class MailRefused extends UnrecoverableError {
  constructor(code: number, cause: unknown) {
    super(`the mail server answered ${code}`)
    this.cause = cause
  }
}

/** How it went wrong to hand over a mail (RFC 5321, 4.2.1). */
export interface SmtpFailure {
  /** What the job is to throw. */
  error: unknown
  /** The mail server may have taken the mail nevertheless. */
  mayHaveArrived: boolean
}

interface SmtpError {
  code?: string
  responseCode?: number
  cause?: SmtpError
}

/** @param error what AdonisJS threw around what Nodemailer threw */
export function smtpFailureOf(error: unknown): SmtpFailure {
  const { code, responseCode } = innermost(error as SmtpError)
  const away = new Unavailable('The mail server', error)
  if (code && (NOT_REACHED.has(code) || NOT_LET_IN.has(code))) {
    return { error: away, mayHaveArrived: false }
  }
  if (responseCode && responseCode >= 500) {
    return { error: new MailRefused(responseCode, error), mayHaveArrived: false }
  }
  if (responseCode && responseCode >= 400) return { error: away, mayHaveArrived: false }
  const isCutOff = code !== undefined && CUT_OFF.has(code)
  return { error: isCutOff ? away : error, mayHaveArrived: isCutOff }
}

function innermost(error: SmtpError): SmtpError {
  return error.responseCode === undefined && error.cause ? innermost(error.cause) : error
}
