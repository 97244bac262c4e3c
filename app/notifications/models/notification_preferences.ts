import { DateTime } from 'luxon'
import { column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { NotificationPreferenceSchema } from '#database/schema'
import { nextDigestAfter, type DigestTime } from '#notifications/domain/digest_moment'
import { kindNames, kindOf, kindsOn, usualChannels } from '#notifications/domain/kinds'
import type { Channels, KindName } from '#notifications/domain/kinds'
import { quietUntil } from '#notifications/domain/quiet_hours'

/** What a person says of how they want to hear. */
export interface Wishes {
  kinds: (Channels & { kind: KindName })[]
  quietHours: { start: string; end: string; timeZone?: string | null } | null
  digest: 'off' | 'daily' | 'weekly'
  digestAt: number
}

/** How a user wants to hear of things. Whoever never said has none kept, and the usual. */
export default class NotificationPreferences extends NotificationPreferenceSchema {
  static table = 'notification_preferences'
  static primaryKey = 'userId'
  static selfAssignPrimaryKey = true

  @column({ isPrimary: true })
  declare userId: string

  /** Only what differs from the usual. */
  declare channels: Partial<Record<KindName, Channels>>

  /** Null until the user first says something: the row may be there before. */
  @column.dateTime()
  declare updatedAt: DateTime | null

  /** The user's, or the usual ones. */
  static async of(userId: string, trx: TransactionClientContract) {
    const kept = await NotificationPreferences.find(userId, { client: trx })
    return kept ?? NotificationPreferences.usual(userId)
  }

  static usual(userId: string) {
    return new NotificationPreferences().fill({
      userId,
      channels: {},
      quietStart: null,
      quietEnd: null,
      quietTimeZone: null,
      digest: 'off',
      digestHour: 8,
      nextDigestAt: null,
      updatedAt: null,
    })
  }

  /** The user's, made if need be, and locked until the transaction ends. */
  static async lock(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery(
      'INSERT INTO notification_preferences (user_id) VALUES (?) ON CONFLICT DO NOTHING',
      [userId]
    )
    return NotificationPreferences.query({ client: trx })
      .where('userId', userId)
      .forUpdate()
      .firstOrFail()
  }

  /** What its version is told by: see `versionOf`. */
  get id() {
    return this.userId
  }

  /** Where a kind goes. */
  channelsOf(kind: KindName): Channels {
    return { ...usualChannels(kind), ...this.channels[kind] }
  }

  /** Whether an event goes to the user's webhooks: unless they don't want its kind there. */
  sendsToWebhooks(event: string) {
    const telling = kindsOn(event)
    return telling.length === 0 || telling.some((kind) => this.channelsOf(kind).webhook)
  }

  /** Whether a kind is mailed by itself, and not left to the digest. */
  mailsAtOnce(kind: KindName) {
    return this.channelsOf(kind).email && (this.digest === 'off' || kindOf(kind).isUrgent === true)
  }

  /** The kinds that a digest tells of. */
  get digestedKinds() {
    return kindNames.filter((kind) => this.channelsOf(kind).email && !kindOf(kind).isUrgent)
  }

  /** Until when a mail of this kind has to wait, if it has to. */
  quietUntil(kind: KindName, now: Date, userTimeZone: string): Date | null {
    if (this.quietStart === null || kindOf(kind).isSecurity) return null
    const timeZone = this.quietTimeZone ?? userTimeZone
    return quietUntil(now, { start: this.quietStart, end: this.quietEnd!, timeZone })
  }

  /** Whether a digest is due that nobody has started yet. */
  get isDigestDue() {
    return this.nextDigestAt !== null && this.nextDigestAt.toMillis() <= Date.now()
  }

  digestTime(timeZone: string): DigestTime | null {
    return this.digest === 'off' ? null : { cadence: this.digest, hour: this.digestHour, timeZone }
  }

  /** Replaces everything they said before. */
  async replace({ kinds, quietHours, digest, digestAt }: Wishes, userTimeZone: string) {
    const named = kinds.map(({ kind, ...channels }) => [kind, channels])
    this.channels = Object.fromEntries(named)
    this.quietStart = quietHours?.start ?? null
    this.quietEnd = quietHours?.end ?? null
    this.quietTimeZone = quietHours?.timeZone ?? null
    const isStillDue = digest !== 'off' && this.isDigestDue
    this.digest = digest
    this.digestHour = digestAt
    if (!isStillDue) this.nextDigestAt = this.#nextDigest(userTimeZone)
    this.updatedAt = DateTime.utc()
    await this.save()
  }

  /** Finds the moment of the next digest anew: one is over, or the user lives elsewhere. */
  async planDigest(userTimeZone: string, trx: TransactionClientContract) {
    const next = this.#nextDigest(userTimeZone)?.toJSDate() ?? null
    await trx
      .from('notification_preferences')
      .where('user_id', this.userId)
      .update({ next_digest_at: next })
  }

  #nextDigest(timeZone: string) {
    const time = this.digestTime(timeZone)
    return time && DateTime.fromJSDate(nextDigestAfter(new Date(), time))
  }
}
