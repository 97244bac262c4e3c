import { randomBytes } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { Mailer } from '@adonisjs/mail'
import type { BaseMail } from '@adonisjs/mail'
import { MailMark, type Attempt } from '#core/mail/mail_mark'
import { smtpFailureOf } from '#core/mail/smtp_failure'
import { runningJob } from '#core/queue/running_job'

type MailClass = abstract new (...facts: never[]) => BaseMail

/**
 * Hands a mail to the mail server, once for the job that is running, however often
 * that runs. Only jobs of the outbox do: whoever waits for an answer must not wait
 * for SMTP, and what failed is tried again. See docs/decisions/0037.
 *
 * @throws Unavailable when no mail server takes mail now
 * @throws MailRefused when one never will take this mail
 */
export async function post(mail: BaseMail) {
  const mark = MailMark.of(runningJob.getStore()?.jobId, mail.constructor.name)
  if (mark && !(await mark.attempt())) return
  await send(mail, mark)
}

/**
 * Writes a mail and posts it. Where the job has sent its mail of this kind, it isn't
 * even written: what a mail says may be what counts from then on.
 *
 * @param write the mail, or null when there is nobody to be told
 */
export async function writeAndPost<T extends MailClass>(
  kind: T,
  write: (attempt: Attempt) => Promise<InstanceType<T> | null>
) {
  const mark = MailMark.of(runningJob.getStore()?.jobId, kind.name)
  const attempt = mark ? await mark.open() : { random: randomBytes(32), mayHaveArrived: false }
  if (!attempt) return

  const mail = await write(attempt)
  if (!mail) return
  if (mark && !(await mark.attempt())) return
  await send(mail, mark)
}

async function send(mail: BaseMail, mark: MailMark | null) {
  const mailer = await app.container.make(Mailer)
  if (mark) mail.message.messageId(mark.messageId)
  try {
    await mailer.send(mail)
  } catch (reason) {
    const { error, mayHaveArrived } = smtpFailureOf(reason)
    if (!mayHaveArrived) await mark?.takeBack()
    throw error
  }
  await mark?.sent()
}
