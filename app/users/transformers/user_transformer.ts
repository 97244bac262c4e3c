import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type User from '#users/models/user'

export const userSchema = s.resource('User', {
  id: s.id(),
  email: s.text({ format: 'email' }),
  name: s.text(),
  role: s.enumOf(['USER', 'SUPPORT', 'ADMIN']),
  emailVerified: s.boolean(),
  currency: s.currency({ description: 'What analytics are converted into' }),
  timezone: s.text({ examples: ['Europe/Zurich'] }),
  locale: s.text({ examples: ['de-CH'] }),
  createdAt: s.instant(),
})

export default class UserTransformer extends Transformer<User> {
  toObject() {
    return {
      id: this.resource.id,
      email: this.resource.email,
      name: this.resource.name,
      role: this.resource.role,
      emailVerified: this.resource.emailVerified,
      currency: this.resource.currency,
      timezone: this.resource.timezone,
      locale: this.resource.locale,
      createdAt: this.resource.createdAt.toUTC().toISO()!,
    }
  }
}
