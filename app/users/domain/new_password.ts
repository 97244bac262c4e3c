import hash from '@adonisjs/core/services/hash'
import { ValidationFailed } from '#core/http/problem'
import { passwordRefusal } from '#users/domain/password_policy'

/**
 * The hash of a password that may be this user's from now on (Argon2id).
 *
 * @throws ValidationFailed on the field `password`
 */
export async function hashNewPassword(password: string, owner: { name: string; email: string }) {
  const refused = passwordRefusal(password, owner)
  if (refused) throw ValidationFailed.field('password', refused.rule, refused.message)
  return hash.make(password)
}
