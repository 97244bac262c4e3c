import Session from '#auth/models/session'
import type ErasureRequested from '#users/events/erasure_requested'

/** Signs somebody who leaves out of everything, in the transaction that says so. */
export default class ForgetSessions {
  async handle({ user, trx }: ErasureRequested) {
    await trx.from(Session.table).where('user_id', user.id).delete()
  }
}
