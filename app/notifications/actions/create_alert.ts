import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'
import Alert from '#notifications/models/alert'
import type User from '#users/models/user'

interface Input {
  actor: User
  kind: Alert['kind']
  accountId?: string | null
  threshold: number
  currency: string
  enabled?: boolean
}

/** Begins to watch; a balance that is low already is told too. Throws `Conflict` when there are too many, and what `Alert.check` throws. */
@inject()
export default class CreateAlert {
  constructor(protected ask: AskForEvaluation) {}

  async handle({ actor, threshold, ...details }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      await Alert.makeRoom(actor.id, trx)
      const alert = new Alert()
        .fill({ userId: actor.id, thresholdMinor: threshold, accountId: null, ...details })
        .useTransaction(trx)
      await alert.check(trx)
      await alert.save()
      await audit.record({ actor, action: 'alert.created', subject: alert, userId: actor.id }, trx)
      if (alert.enabled) await this.ask.within(actor.id, trx)
      return alert
    })
  }
}
