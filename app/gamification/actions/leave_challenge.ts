import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict, NotFound } from '#core/http/problem'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { periodOf } from '#gamification/domain/challenge_period'
import { localDay } from '#gamification/domain/local_day'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  now?: Date
}

/** Gives a challenge up for the week or month it is now. Throws `Conflict` once it is completed: what is earned stays. */
@inject()
export default class LeaveChallenge {
  constructor(private mark: MarkForEvaluation) {}

  async handle({ actor, id, now = new Date() }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      await this.mark.within(actor.id, trx)
      const challenge = await trx.from('challenges').select('period').where('id', id).first()
      if (!challenge) throw new NotFound()

      const { from: period } = periodOf(challenge.period, localDay(now, actor.timezone))
      const participations = trx
        .from('challenge_progress')
        .where({ challenge_id: id, first_day: period })
      const participation = await participations.clone().first()
      if (!participation) throw new NotFound()
      if (participation.completed_at) throw new Conflict('The challenge is completed already.')

      await participations.delete()
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
