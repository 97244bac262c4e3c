import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import InvalidCredentials from '#auth/exceptions/invalid_credentials'
import Session from '#auth/models/session'
import User from '#users/models/user'

interface Attempt {
  email: string
  password: string
  ip: string | null
  userAgent: string | null
}

/** Opens a session for whoever knows the password. Throws `InvalidCredentials`. */
export default class SignIn {
  async handle({ email, password, ip, userAgent }: Attempt) {
    const user = await User.verifyCredentials(email, password)
    if (!user) throw new InvalidCredentials()

    return tenant.transaction(user.id, async (trx) => {
      const refreshToken = await Session.open(user, { ip, userAgent }, trx)
      await audit.record({ actor: user, action: 'session.opened', userId: user.id }, trx)
      return { user, refreshToken }
    })
  }
}
