import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict, NotFound } from '#core/http/problem'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { localDay } from '#gamification/domain/local_day'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  now?: Date
}

/** Gives a challenge up. Throws `Conflict` once it is completed: what is earned stays. */
@inject()
export default class LeaveChallenge {
  constructor(private mark: MarkForEvaluation) {}

  async handle({ actor, id, now = new Date() }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      await this.mark.within(actor.id, trx)
      const participation = await trx
        .from('challenge_progress')
        .where('challenge_id', id)
        .where('last_day', '>=', localDay(now, actor.timezone))
        .first()
      if (!participation) throw new NotFound()
      if (participation.completed_at) throw new Conflict('The challenge is completed already.')

      const { first_day: period } = participation
      await trx.from('challenge_progress').where({ challenge_id: id, first_day: period }).delete()
      await audit.record(
        {
          actor,
          action: 'challenge.left',
          subject: { id, constructor: { name: 'Challenge' } },
          data: { period },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
