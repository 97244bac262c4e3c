import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { SessionRow } from '#auth/queries/live_sessions'

export const sessionSchema = s.resource('Session', {
  id: s.id(),
  createdAt: s.instant(),
  lastUsedAt: s.instant({ description: 'When it was refreshed last' }),
  ip: s.nullable(s.text({ description: 'Where it was opened from' })),
  userAgent: s.nullable(s.text()),
  current: s.boolean({ description: 'Whether it is the one that asks' }),
})

export default class SessionTransformer extends Transformer<SessionRow & { current: boolean }> {
  toObject() {
    return {
      id: this.resource.id,
      createdAt: this.resource.createdAt.toISOString(),
      lastUsedAt: this.resource.lastUsedAt.toISOString(),
      ip: this.resource.ip,
      userAgent: this.resource.userAgent,
      current: this.resource.current,
    }
  }
}
