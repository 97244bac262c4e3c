import type { Reader } from '#core/database/tenant'

export interface SessionRow {
  id: string
  createdAt: Date
  lastUsedAt: Date
  ip: string | null
  userAgent: string | null
}

/** Where the user is signed in, newest first. */
export class LiveSessions {
  /** @param before the last id of the page before; returns up to `limit` rows */
  async handle(reader: Reader, limit: number, before?: string) {
    return reader.query<SessionRow>(
      `SELECT id, created_at AS "createdAt", last_used_at AS "lastUsedAt", host(ip) AS ip,
         user_agent AS "userAgent"
       FROM sessions
       WHERE revoked_at IS NULL AND expires_at > now() AND ($1::uuid IS NULL OR id < $1)
       ORDER BY id DESC LIMIT $2`,
      [before ?? null, limit]
    )
  }
}
