import { tenant } from '#core/database/tenant'
import RecordTransactions, { type Booking } from '#transactions/actions/record_transactions'
import type User from '#users/models/user'

/** Books income or an expense on one of the user's accounts. */
export default class RecordTransaction {
  async handle({ actor, ...booking }: Booking & { actor: User }) {
    return tenant.ledger(actor.id, async (trx) => {
      const bookings = [booking]
      const [transaction] = await new RecordTransactions().handle({ actor, bookings }, trx)
      return transaction
    })
  }
}
