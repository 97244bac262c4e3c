import { inject } from '@adonisjs/core'
import RefusePassword from '#auth/actions/refuse_password'
import PasswordGuess from '#auth/models/password_guess'
import User from '#users/models/user'

interface Input {
  email: string
  password: string
}

/**
 * Whose password it is, with the guess it was, or null. The guess stays counted until whoever asks has
 * seen everything they need (`PasswordGuess.forget`). Known, unknown and disabled
 * addresses take the same work.
 *
 * @throws AccountLocked
 */
@inject()
export default class VerifyPassword {
  constructor(protected refusePassword: RefusePassword) {}

  async handle({ email, password }: Input) {
    const guess = await PasswordGuess.take(email)
    const user = await User.findForSignIn(email)
    const proven = await User.proves(user, password)
    if (user && proven && !user.isDisabled) return { user, guess }

    await this.refusePassword.handle({ user, guess })
    return null
  }
}
