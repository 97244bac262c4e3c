import { DatabaseError } from 'pg'
import hash from '@adonisjs/core/services/hash'
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
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
}

/** Makes a user and whatever a new user starts with. Throws `EmailTaken`. */
export default class RegisterUser {
  async handle({ email, password, name, currency, timezone, locale }: Registration) {
    const id = randomUUIDv7()
    const hashed = await hash.make(password)

    try {
      return await tenant.transaction(id, async (trx) => {
        const user = await User.create(
          {
            id,
            email: User.normaliseEmail(email),
            password: hashed,
            name,
            currency: currency ?? 'EUR',
            timezone: timezone ?? 'UTC',
            locale: locale ?? 'en',
            emailVerifiedAt: null,
          },
          { client: trx }
        )
        await UserRegistered.dispatch(user, trx)
        await audit.record(
          { actor: user, action: 'user.registered', subject: user, userId: id },
          trx
        )
        return user
      })
    } catch (error) {
      if (error instanceof DatabaseError && error.constraint === 'users_email_unique') {
        throw new EmailTaken()
      }
      throw error
    }
  }
}
