import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import VerifyPassword from '#auth/actions/verify_password'
import InvalidCredentials from '#auth/exceptions/invalid_credentials'
import PasswordGuess from '#auth/models/password_guess'
import Session from '#auth/models/session'
import type User from '#users/models/user'

interface Device {
  ip: string | null
  userAgent: string | null
}

interface Attempt extends Device {
  email: string
  password: string
}

/** Opens a session for whoever knows the password. Throws `InvalidCredentials`, `AccountLocked`. */
@inject()
export default class SignIn {
  constructor(protected verifyPassword: VerifyPassword) {}

  async handle({ email, password, ...device }: Attempt) {
    const user = await this.verifyPassword.handle({ email, password })
    if (!user) throw new InvalidCredentials()

    return this.#open(user, device)
  }

  /** The password may have changed while it was looked at: what counts is what is there now. */
  async #open(verified: User, device: Device) {
    return tenant.transaction(verified.id, async (trx) => {
      const user = await verified.stillHolding(trx)
      if (!user) throw new InvalidCredentials()

      await PasswordGuess.forget(user.email, trx)
      const refreshToken = await Session.open(user, device, trx)
      await audit.record({ actor: user, action: 'session.opened', userId: user.id }, trx)
      return { user, refreshToken }
    })
  }
}
