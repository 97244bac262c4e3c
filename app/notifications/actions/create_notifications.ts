import { inject } from '@adonisjs/core'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { activity, type ActivityEvent, type Stretch } from '#core/activity/activity'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { kindOf, kindsOn, type KindName } from '#notifications/domain/kinds'
import { changeOf, isLedgerEvent } from '#notifications/domain/ledger_events'
import type { News } from '#notifications/domain/ledger_events'
import { knownLocale } from '#notifications/domain/wordings'
import MailNotification from '#notifications/jobs/mail_notification'
import Notification from '#notifications/models/notification'
import NotificationPreferences from '#notifications/models/notification_preferences'
import { NotificationFacts } from '#notifications/queries/notification_facts'
import User from '#users/models/user'

interface Telling {
  event: ActivityEvent
  kind: KindName
}

/**
 * Tells a user in words of what happened, each event once: in the app, and by mail as they
 * wish. Answers what came of it for those who are looking on.
 */
@inject()
export default class CreateNotifications {
  constructor(protected facts: NotificationFacts) {}

  async handle(stretch: Stretch): Promise<News> {
    return tenant.transaction(stretch.userId, async (trx) => {
      const events = await activity.read(stretch, trx)
      const tellings = events.flatMap((event) =>
        kindsOn(event.type).map((kind) => ({ event, kind }))
      )
      const isMoved = events.some(({ type }) => type === 'user.updated')
      if (tellings.length > 0 || isMoved) {
        await Notification.lockOrder(stretch.userId, trx)
        const user = await User.find(stretch.userId, { client: trx })
        if (user && !user.isErased) await this.#tell(user, tellings, trx)
        if (user && isMoved) await this.#follow(user, trx)
      }

      return {
        hasNotifications: tellings.length > 0,
        changes: events.filter(({ type }) => isLedgerEvent(type)).map(changeOf),
        mayBeOver: events.some(({ type }) => type === 'session.deleted'),
      }
    })
  }

  async #tell(user: User, tellings: Telling[], trx: TransactionClientContract) {
    if (tellings.length === 0) return
    const preferences = await NotificationPreferences.of(user.id, trx)
    for (const telling of tellings) await this.#tellOne(user, telling, preferences, trx)
  }

  async #tellOne(
    user: User,
    { event, kind }: Telling,
    preferences: NotificationPreferences,
    trx: TransactionClientContract
  ) {
    const { inApp, email } = preferences.channelsOf(kind)
    if (!inApp && !email) return
    const { subject: type, wording } = kindOf(kind)
    const found = await this.facts.handle(type, event, trx)
    const locale = knownLocale(user.locale)
    const words = found && wording({ ...found, locale, timeZone: user.timezone })
    if (!words) return

    const subject = event.subjectId === null ? null : { type, id: event.subjectId }
    const telling = { ...words, userId: user.id, eventId: event.id, kind, subject, inApp }
    const notificationId = await Notification.tell(telling, trx)
    if (notificationId === null || !preferences.mailsAtOnce(kind)) return

    const delaySeconds = secondsUntil(preferences.quietUntil(kind, new Date(), user.timezone))
    const payload = { userId: user.id, notificationId }
    await outbox.enqueue(MailNotification, payload, trx, { delaySeconds })
  }

  /** Their next digest comes by the clock of where they live now. */
  async #follow(user: User, trx: TransactionClientContract) {
    const preferences = await NotificationPreferences.of(user.id, trx)
    if (preferences.digest === 'off' || preferences.isDigestDue) return
    await preferences.planDigest(user.timezone, trx)
  }
}

function secondsUntil(moment: Date | null) {
  return moment ? Math.ceil((moment.getTime() - Date.now()) / 1_000) : 0
}
