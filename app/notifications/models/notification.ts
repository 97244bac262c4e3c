import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { NotificationSchema } from '#database/schema'
import type { SubjectType, KindName } from '#notifications/domain/kinds'
import type { Words } from '#notifications/domain/wordings'

interface Telling extends Words {
  userId: string
  eventId: string
  kind: KindName
  subject: { type: SubjectType; id: string } | null
  inApp: boolean
}

/** Something that happened, told to its user in words. */
export default class Notification extends NotificationSchema {
  static table = 'notifications'
  static selfAssignPrimaryKey = true

  declare kind: KindName

  /** Those the user sees: of what was told by mail alone, and of deleted ones, there is no sign. */
  static readonly shown = 'in_app AND deleted_at IS NULL'

  /**
   * Until the transaction ends nobody else tells this user anything: positions and moments are
   * in the order of the commits, so that whoever has seen one has seen all before it.
   */
  static async lockOrder(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtextextended('notifications:' || ?, 0))`, [
      userId,
    ])
  }

  /** Tells of an event, unless that was done before: then null. */
  static async tell(
    { userId, eventId, kind, title, body, subject, data = {}, inApp }: Telling,
    trx: TransactionClientContract
  ): Promise<string | null> {
    const [told] = await trx
      .insertQuery()
      .table('notifications')
      .insert({
        user_id: userId,
        id: randomUUIDv7(),
        event_id: eventId,
        kind,
        title,
        body,
        subject_type: subject?.type ?? null,
        subject_id: subject?.id ?? null,
        data,
        in_app: inApp,
        created_at: trx.raw('clock_timestamp()'),
      })
      .onConflict(['user_id', 'event_id', 'kind'])
      .ignore()
      .returning('id')
    return told?.id ?? null
  }

  /** One that the user sees, locked until the transaction ends. Throws when there is none. */
  static lockShown(id: string, trx: TransactionClientContract) {
    return Notification.query({ client: trx })
      .where('id', id)
      .whereRaw(Notification.shown)
      .forUpdate()
      .firstOrFail()
  }

  /** Marks it read, or unread again. When it was first read stays. */
  async markRead(isRead: boolean, trx: TransactionClientContract) {
    await this.#set('read_at = CASE WHEN ? THEN coalesce(read_at, now()) END', [isRead], trx)
  }

  /** Takes it away from the user: its words are gone, that its event was told is not. */
  async remove(trx: TransactionClientContract) {
    await this.#set(`deleted_at = now(), title = '', body = '', data = '{}'`, [], trx)
  }

  /** Says that its mail has gone. */
  async noteMailed(trx: TransactionClientContract) {
    await trx.rawQuery('UPDATE notifications SET emailed_at = now() WHERE id = ?', [this.id])
  }

  async #set(assignment: string, values: boolean[], trx: TransactionClientContract) {
    await trx.rawQuery(`UPDATE notifications SET ${assignment}, updated_at = now() WHERE id = ?`, [
      ...values,
      this.id,
    ])
    this.useTransaction(trx)
    await this.refresh()
  }
}
