import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import EraseUser from '#users/jobs/erase_user'
import { Erasure } from '#users/models/erasure'

/** Has the worker begin again with every erasure that was given up, such as while storage was away. */
export default class ResumeErasures {
  async handle() {
    for (const userId of await Erasure.forsaken()) {
      await tenant.transaction(userId, (trx) => outbox.enqueue(EraseUser, { userId }, trx))
    }
  }
}
