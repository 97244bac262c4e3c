import { randomUUIDv7 } from 'node:crypto'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { jwt, lifetimes } from '#config/jwt'
import { prepared } from '#core/database/reading_pool'
import { tenant } from '#core/database/tenant'
import type { AccessTokenClaims } from '#auth/domain/access_token'
import { SessionSchema } from '#database/schema'
import { RefreshToken } from '#auth/domain/refresh_token'
import User from '#users/models/user'

const LIVE = 's.revoked_at IS NULL AND s.expires_at > now()'

interface Device {
  ip: string | null
  userAgent: string | null
}

/** A refresh token, shown once, and for how many seconds it can be exchanged. */
export interface Renewal {
  refreshToken: RefreshToken
  expiresIn: number
}

/**
 * One sign-in on one device, and the family of refresh tokens that descend from
 * it. All times are the database's, so that clocks of several processes can't
 * disagree.
 */
export default class Session extends SessionSchema {
  static selfAssignPrimaryKey = true

  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  /** Finds a row in the scope of the session's user as long as the session lives. */
  static proof(id: string) {
    return prepared(`SELECT 1 FROM sessions s WHERE s.id = $1 AND ${LIVE}`, [id])
  }

  /** The user of a live session, or null. */
  static async userOf({ userId, sessionId }: AccessTokenClaims) {
    const [row] = await tenant.read(userId, (reader) =>
      reader.query(
        `SELECT u.* FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND ${LIVE}`,
        [sessionId]
      )
    )
    return row ? (User.$createFromAdapterResult(row) as User) : null
  }

  /** Starts a session. */
  static async open(user: User, device: Device, trx: TransactionClientContract): Promise<Renewal> {
    const id = randomUUIDv7()
    const refreshToken = RefreshToken.issue(user.id, id, jwt.current.refreshMark)
    const expiresIn = Math.min(lifetimes.refreshToken, lifetimes.session)
    await trx
      .insertQuery()
      .table(Session.table)
      .insert({
        user_id: user.id,
        id,
        refresh_token_hash: refreshToken.hash,
        expires_at: trx.raw(`now() + make_interval(secs => ?)`, [expiresIn]),
        ip: device.ip,
        user_agent: device.userAgent?.slice(0, 512),
      })
    return { refreshToken, expiresIn }
  }

  /** Ends every session of the user, at once. */
  static async revokeAll(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      'UPDATE sessions SET revoked_at = now() WHERE user_id = ? AND revoked_at IS NULL',
      [userId]
    )
  }

  /**
   * Whether it lives, and somebody signed in a moment ago to open it instead of
   * refreshing it. It can't be revoked before the transaction ends.
   */
  static async isFresh(id: string, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `SELECT s.created_at > now() - make_interval(secs => ?) AS fresh FROM sessions s
       WHERE s.id = ? AND ${LIVE} FOR SHARE`,
      [lifetimes.freshSession, id]
    )
    return rows[0]?.fresh === true
  }

  /** Ends all sessions of the user but this one. */
  static async revokeOthers(userId: string, id: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      'UPDATE sessions SET revoked_at = now() WHERE user_id = ? AND id <> ? AND revoked_at IS NULL',
      [userId, id]
    )
  }

  /** Locks the session until the transaction ends; null when it is gone, over or revoked. */
  static lockLive(id: string, trx: TransactionClientContract) {
    return Session.query({ client: trx })
      .where('id', id)
      .whereNull('revokedAt')
      .whereRaw('expires_at > now()')
      .forUpdate()
      .first()
  }

  holds(token: RefreshToken) {
    return this.refreshTokenHash.equals(token.hash)
  }

  /** Replaces the refresh token; the one before is dead from now on. */
  async rotate(trx: TransactionClientContract): Promise<Renewal> {
    const refreshToken = RefreshToken.issue(this.userId, this.id, jwt.current.refreshMark)
    const { rows } = await trx.rawQuery(
      `UPDATE sessions SET refresh_token_hash = ?, rotated_at = clock_timestamp(), last_used_at = now(),
         expires_at = least(now() + make_interval(secs => ?), created_at + make_interval(secs => ?))
       WHERE id = ? RETURNING floor(extract(epoch FROM expires_at - now()))::int AS seconds`,
      [refreshToken.hash, lifetimes.refreshToken, lifetimes.session, this.id]
    )
    return { refreshToken, expiresIn: rows[0].seconds }
  }

  /** Ends the session for every token of the family, access tokens too, at once. */
  async revoke(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE sessions SET revoked_at = now() WHERE id = ?', [this.id])
  }

  /** True when the token was already replaced `elapsedMs` milliseconds ago, when it was presented. */
  async wasRotatedBefore(elapsedMs: number, trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery(
      `SELECT rotated_at < clock_timestamp() - make_interval(secs => ?::float / 1000) AS rotated
       FROM sessions WHERE id = ?`,
      [elapsedMs, this.id]
    )
    return rows[0].rotated as boolean
  }
}
