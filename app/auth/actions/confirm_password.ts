import { inject } from '@adonisjs/core'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import VerifyPassword from '#auth/actions/verify_password'
import PasswordGuess from '#auth/models/password_guess'
import type User from '#users/models/user'

interface Input {
  actor: User
  password: string

  /** The field the password came in, to be named when it is wrong. */
  field: string
}

/**
 * Asks somebody who is signed in for the password again: a stolen token is not
 * enough for what it guards. Wrong ones count like those of a sign-in. Gives the
 * user as whom it was confirmed.
 *
 * @throws ValidationFailed on the field
 * @throws AccountLocked
 */
@inject()
export default class ConfirmPassword {
  constructor(protected verifyPassword: VerifyPassword) {}

  async handle({ actor, password, field }: Input): Promise<User> {
    const verified = await this.verifyPassword.handle({ email: actor.email, password })
    if (verified?.user.id !== actor.id) {
      throw ValidationFailed.field(field, 'currentPassword', 'This is not your current password')
    }
    const { user } = verified
    await tenant.transaction(user.id, (trx) => PasswordGuess.forget(user.email, trx))
    return user
  }
}
