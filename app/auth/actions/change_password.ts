import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import ConfirmPassword from '#auth/actions/confirm_password'
import MailNotice from '#auth/jobs/mail_notice'
import EmailVerification from '#auth/models/email_verification'
import PasswordReset from '#auth/models/password_reset'
import { hashNewPassword } from '#users/domain/new_password'
import type User from '#users/models/user'

interface Input {
  actor: User
  currentPassword: string
  password: string
}

/** Replaces the password of somebody who knows it, and signs them out everywhere. */
@inject()
export default class ChangePassword {
  constructor(protected confirmPassword: ConfirmPassword) {}

  async handle({ actor, currentPassword, password }: Input) {
    const confirmed = await this.confirmPassword.handle({
      actor,
      password: currentPassword,
      field: 'currentPassword',
    })
    const hashed = await hashNewPassword(password, confirmed)

    await tenant.transaction(actor.id, async (trx) => {
      const user = await confirmed.stillHolding(trx)
      if (!user) throw new Conflict('The password was changed meanwhile.')

      await user.changePassword(hashed, trx)
      await EmailVerification.forgetOthers(user, trx)
      await PasswordReset.forget(user.id, trx)
      await audit.record({ actor, action: 'password.changed', subject: user, userId: user.id }, trx)
      await outbox.enqueue(MailNotice, { userId: user.id, notice: 'password-changed' }, trx)
    })
  }
}
