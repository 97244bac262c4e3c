import app from '@adonisjs/core/services/app'
import { Mailer } from '@adonisjs/mail'
import type { BaseMail } from '@adonisjs/mail'
import { Unavailable } from '#core/queue/unavailable'

/** What Nodemailer and the network say when there is no mail server to talk to. */
const AWAY = new Set([
  'ECONNECTION',
  'ECONNREFUSED',
  'ECONNRESET',
  'EDNS',
  'ENOTFOUND',
  'ESOCKET',
  'ETIMEDOUT',
])

/**
 * Hands a mail to the mail server. Only jobs of the `email` queue do: whoever
 * waits for an answer must not wait for SMTP, and what failed is tried again.
 *
 * @throws Unavailable when no mail server answers
 */
export async function post(mail: BaseMail) {
  const mailer = await app.container.make(Mailer)
  try {
    await mailer.send(mail)
  } catch (error) {
    throw isAway(error) ? new Unavailable('The mail server', error) : error
  }
}

/** AdonisJS wraps what Nodemailer throws. */
function isAway(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException
  return AWAY.has(code ?? '') || (cause !== undefined && isAway(cause))
}
