import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import ErasureRequested from '#users/events/erasure_requested'
import EraseUser from '#users/jobs/erase_user'
import { Erasure } from '#users/models/erasure'
import User from '#users/models/user'

/**
 * Ends a user's account: nobody can sign in to it from now on, its address is
 * free, and the worker erases everything. Throws `ValidationFailed` for a wrong
 * password.
 */
export default class RequestErasure {
  async handle({ actor, password }: { actor: User; password: string }) {
    if (!(await actor.hasPassword(password))) {
      throw ValidationFailed.field('password', 'currentPassword', 'The password is wrong')
    }
    await tenant.ledger(actor.id, async (trx) => {
      const user = await User.findOrFail(actor.id, { client: trx })
      if (!(await Erasure.request(user.id, trx))) return

      await user.loseFace(trx)
      await ErasureRequested.dispatch(user, trx)
      await audit.record(
        { actor, action: 'user.erasure-requested', subject: user, userId: user.id },
        trx
      )
      await outbox.enqueue(EraseUser, { userId: user.id }, trx)
    })
  }
}
