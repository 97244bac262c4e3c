import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import ConfirmPassword from '#auth/actions/confirm_password'
import MailEmailChange from '#auth/jobs/mail_email_change'
import EmailVerification from '#auth/models/email_verification'
import User from '#users/models/user'

interface Input {
  actor: User
  currentPassword: string
  email: string
}

/**
 * Has a token mailed to the address that somebody wants instead of theirs, unless one
 * was a moment ago. Whether another user has it shows only to who reads its mail.
 */
@inject()
export default class RequestEmailChange {
  constructor(protected confirmPassword: ConfirmPassword) {}

  async handle({ actor, currentPassword, email }: Input) {
    const confirmed = await this.confirmPassword.handle({
      actor,
      password: currentPassword,
      field: 'currentPassword',
    })

    await tenant.transaction(actor.id, async (trx) => {
      const user = await confirmed.stillHolding(trx)
      if (!user) throw new Conflict('The password was changed meanwhile.')

      const address = User.normaliseEmail(email)
      if (await EmailVerification.isUnderWay(user.id, address, trx)) return

      const { id: verificationId } = await EmailVerification.open(user, address, trx)
      await audit.record(
        { actor, action: 'email.change-requested', subject: user, userId: user.id },
        trx
      )
      await outbox.enqueue(MailEmailChange, { userId: user.id, verificationId }, trx)
    })
  }
}
