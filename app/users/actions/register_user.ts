import { randomUUIDv7 } from 'node:crypto'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { hashNewPassword } from '#users/domain/new_password'
import EmailTaken from '#users/exceptions/email_taken'
import UserRegistered from '#users/events/user_registered'
import User from '#users/models/user'

interface Registration {
  email: string
  password: string
  name: string
  currency?: string
  timezone?: string
  locale?: string

  /** Whoever registers them knows that the address is theirs. */
  emailVerified?: boolean
}

/**
 * Makes a user and whatever a new user starts with. Throws `EmailTaken`, and
 * `ValidationFailed` for a password that anybody would guess.
 */
export default class RegisterUser {
  async handle({ email, password, name, emailVerified = false, ...settings }: Registration) {
    const id = randomUUIDv7()
    const address = User.normaliseEmail(email)
    const hashed = await hashNewPassword(password, { name, email: address })

    try {
      return await tenant.transaction(id, async (trx) => {
        const user = await User.create(
          {
            id,
            email: address,
            password: hashed,
            name,
            currency: settings.currency ?? 'EUR',
            timezone: settings.timezone ?? 'UTC',
            locale: settings.locale ?? 'en',
            emailVerifiedAt: null,
          },
          { client: trx }
        )
        if (emailVerified) await user.confirmEmail(address, trx)
        await UserRegistered.dispatch(user, trx)
        await audit.record(
          { actor: user, action: 'user.registered', subject: user, userId: id },
          trx
        )
        return user
      })
    } catch (error) {
      throw EmailTaken.unless(error)
    }
  }
}
