import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import AskForEvaluation from '#notifications/actions/ask_for_evaluation'
import Alert from '#notifications/models/alert'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { accountId?: string | null; threshold?: number; currency?: string; enabled?: boolean }
  precondition: Precondition<Alert>
}

/** Changes what is watched. What was told of balances before may be told again. */
@inject()
export default class ChangeAlert {
  constructor(protected ask: AskForEvaluation) {}

  async handle({ actor, id, changes: { threshold, ...changes }, precondition }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const alert = await Alert.lock(id, trx)
      await precondition(alert, trx)
      alert.merge({ ...changes, ...(threshold !== undefined && { thresholdMinor: threshold }) })
      await alert.check(trx)
      await alert.save()
      await alert.rearm(trx)
      await audit.record({ actor, action: 'alert.changed', subject: alert, userId: actor.id }, trx)
      if (alert.enabled) await this.ask.within(actor.id, trx)
      return alert
    })
  }
}
