import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import ConfirmPassword from '#auth/actions/confirm_password'
import EmailVerification from '#auth/models/email_verification'
import PasswordReset from '#auth/models/password_reset'
import Session from '#auth/models/session'
import { Erasure } from '#users/models/erasure'
import type User from '#users/models/user'

/**
 * Ends the account of somebody who knows its password: nobody can sign in to it
 * from now on, its address is free, and the worker erases everything.
 */
@inject()
export default class RequestErasure {
  constructor(protected confirmPassword: ConfirmPassword) {}

  async handle({ actor, password }: { actor: User; password: string }) {
    const confirmed = await this.confirmPassword.handle({ actor, password, field: 'password' })

    await tenant.transaction(actor.id, async (trx) => {
      const user = await confirmed.stillHolding(trx)
      if (!user) throw new Conflict('The password was changed meanwhile.')

      await Erasure.request(user.id, trx)
      await user.loseFace(trx)
      await Session.query({ client: trx }).where('userId', user.id).delete()
      await EmailVerification.forgetAll(user, trx)
      await PasswordReset.forget(user.id, trx)
      await audit.record(
        { actor, action: 'user.erasure-requested', subject: user, userId: user.id },
        trx
      )
    })
  }
}
