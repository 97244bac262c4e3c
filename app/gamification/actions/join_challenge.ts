import { inject } from '@adonisjs/core'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'
import MarkForEvaluation from '#gamification/actions/mark_for_evaluation'
import { periodOf } from '#gamification/domain/challenge_period'
import { localDay } from '#gamification/domain/local_day'
import { Definitions } from '#gamification/queries/definitions'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  now?: Date
}

const JOIN = `
  INSERT INTO challenge_progress (user_id, challenge_id, first_day, last_day, version)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

/** Takes a challenge up for the week or month it is now; what was done in it already counts. */
@inject()
export default class JoinChallenge {
  constructor(private mark: MarkForEvaluation) {}

  async handle({ actor, id, now = new Date() }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const challenges = await new Definitions().challenges(readerOf(trx))
      const challenge = challenges.find((each) => each.id === id)
      if (!challenge) throw new NotFound()

      await this.mark.within(actor.id, trx)
      const { from, to } = periodOf(challenge.period, localDay(now, actor.timezone))
      const joined = await trx.rawQuery(JOIN, [actor.id, id, from, to, challenge.version])
      if (joined.rowCount === 0) return
      const { code } = challenge
      await audit.record(
        {
          actor,
          action: 'challenge.joined',
          subject: { id, constructor: { name: 'Challenge' } },
          data: { code, period: from },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
