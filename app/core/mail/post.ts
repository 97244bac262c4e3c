import app from '@adonisjs/core/services/app'
import { Mailer } from '@adonisjs/mail'
import type { BaseMail } from '@adonisjs/mail'

/**
 * Hands a mail to the mail server. Only jobs of the `email` queue do: whoever
 * waits for an answer must not wait for SMTP, and what failed is tried again.
 */
export async function post(mail: BaseMail) {
  const mailer = await app.container.make(Mailer)
  await mailer.send(mail)
}
