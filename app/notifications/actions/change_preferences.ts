import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { ValidationFailed } from '#core/http/problem'
import FinishDigests from '#notifications/actions/finish_digests'
import { kindOf } from '#notifications/domain/kinds'
import Notification from '#notifications/models/notification'
import NotificationPreferences, {
  type Wishes,
} from '#notifications/models/notification_preferences'
import type User from '#users/models/user'

interface Input {
  actor: User
  wishes: Wishes
  precondition: Precondition
}

/**
 * Replaces what a person said of how they want to hear; what is being told is told as they
 * said before. Throws `ValidationFailed` where they would not hear of who came in, and for
 * quiet hours that last for ever.
 */
@inject()
export default class ChangePreferences {
  constructor(protected finishDigests: FinishDigests) {}

  async handle({ actor, wishes, precondition }: Input) {
    this.#check(wishes)
    return tenant.transaction(actor.id, async (trx) => {
      await Notification.lockOrder(actor.id, trx)
      const preferences = await NotificationPreferences.lock(actor.id, trx)
      await precondition(preferences, trx)
      const time = preferences.digestTime(actor.timezone)
      await preferences.replace(wishes, actor.timezone)
      if (time && wishes.digest === 'off') await this.finishDigests.within(preferences, time, trx)
      await audit.record(
        {
          actor,
          action: 'notification-preferences.changed',
          subject: preferences,
          data: { digest: wishes.digest, hasQuietHours: wishes.quietHours !== null },
          userId: actor.id,
        },
        trx
      )
      return preferences
    })
  }

  #check({ kinds, quietHours }: Wishes) {
    const errors = kinds.flatMap(({ kind, email }, index) =>
      kindOf(kind).isSecurity && !email
        ? [
            {
              field: `kinds.${index}.email`,
              rule: 'security',
              message: `The mail of ${kind} can't be switched off`,
            },
          ]
        : []
    )
    if (quietHours && quietHours.start === quietHours.end) {
      const message = 'Quiet hours end at another time than they start'
      errors.push({ field: 'quietHours.end', rule: 'notSameAs', message })
    }
    if (errors.length > 0) throw new ValidationFailed(errors)
  }
}
