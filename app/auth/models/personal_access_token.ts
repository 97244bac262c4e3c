import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { SharedAnswers } from '#core/database/shared_answers'
import { tenant } from '#core/database/tenant'
import { PersonalAccessTokenSchema } from '#database/schema'
import type { PersonalToken } from '#auth/domain/personal_token'
import User from '#users/models/user'

const LIVE = 'u.disabled_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())'

const holders = new SharedAnswers<object[]>()

/** A program's way in: whoever has the token reads, and with `write` changes, what is the user's. */
export default class PersonalAccessToken extends PersonalAccessTokenSchema {
  static selfAssignPrimaryKey = true

  /** The user of a live token and whether it may change things; null when it is none. */
  static async holderOf({ userId, id, hash }: PersonalToken) {
    const digest = hash.toString('hex')
    const [row] = await holders.ask(digest, () =>
      tenant.read(userId, (reader) =>
        reader.query(
          `SELECT u.*, 'write' = ANY(t.scopes) AS may_write
           FROM personal_access_tokens t JOIN users u ON u.id = t.user_id
           WHERE t.id = $1 AND t.token_hash = decode($2, 'hex') AND ${LIVE}`,
          [id, digest]
        )
      )
    )
    if (!row) return null
    const { may_write: mayWrite, ...user } = row as { may_write: boolean }
    return { user: User.$createFromAdapterResult(user) as User, mayWrite }
  }

  /** Keeps what is known of the token. `write` includes `read`. */
  static async keep(
    token: PersonalToken,
    details: { name: string; scopes: ('read' | 'write')[]; expiresAt: string | null },
    trx: TransactionClientContract
  ) {
    return PersonalAccessToken.create(
      {
        userId: token.userId,
        id: token.id,
        name: details.name,
        prefix: token.prefix,
        tokenHash: token.hash,
        scopes: details.scopes.includes('write') ? ['read', 'write'] : ['read'],
        expiresAt: details.expiresAt as never,
        lastUsedAt: null,
      },
      { client: trx }
    )
  }

  /** Ends all tokens of the user. */
  static async forgetAll(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery('DELETE FROM personal_access_tokens WHERE user_id = ?', [userId])
  }

  /** Remembers that it was used, to the minute. */
  static async touch({ userId, id }: PersonalToken) {
    await tenant.transaction(userId, (trx) =>
      trx.rawQuery(
        `UPDATE personal_access_tokens SET last_used_at = now() WHERE id = ?
           AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
        [id]
      )
    )
  }
}
