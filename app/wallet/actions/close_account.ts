import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Account from '#wallet/models/account'
import type User from '#users/models/user'

/** Removes an account nothing was ever booked on. Throws `AccountInUse`. */
export default class CloseAccount {
  async handle({
    actor,
    id,
    precondition,
  }: {
    actor: User
    id: string
    precondition: Precondition
  }) {
    await tenant.ledger(actor.id, async (trx) => {
      const account = await Account.findOrFail(id, { client: trx })
      await precondition(account, trx)

      await account.discard(trx)
      await audit.record(
        { actor, action: 'account.closed', subject: account, userId: actor.id },
        trx
      )
    })
  }
}
