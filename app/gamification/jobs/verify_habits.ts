import { inject } from '@adonisjs/core'
import { verifyInTurn } from '#core/database/verification_round'
import { Job } from '#core/queue/job'
import ReplayHabits from '#gamification/actions/replay_habits'

/** Computes anew what people have earned. What is wrong fails it, which the operator is told. */
@inject()
export default class VerifyHabits extends Job {
  static override readonly jobName = 'verify-habits'
  static override readonly queue = 'gamification'

  constructor(protected replay: ReplayHabits) {
    super()
  }

  override async handle() {
    await verifyInTurn({
      kind: 'habits',
      command: 'gamification:replay --check --from-scratch',
      users: { table: 'users', column: 'id' },
      check: (userIds) => this.replay.problemsOf(userIds),
      onProgress: (share) => this.progress(share),
    })
  }
}
