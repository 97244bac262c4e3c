import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Account from '#wallet/models/account'
import type User from '#users/models/user'

interface Input {
  actor: User
  name: string
  type: Account['type']
  currency?: string
  openingBalance?: number
}

/** Adds an account to the user's wallet, in their currency unless another is named. */
export default class OpenAccount {
  async handle({ actor, name, type, currency = actor.currency, openingBalance = 0 }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const account = await Account.create(
        { userId: actor.id, name, type, currency, openingBalanceMinor: openingBalance },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'account.opened', subject: account, userId: actor.id },
        trx
      )
      return account
    })
  }
}
