import { randomUUIDv7 } from 'node:crypto'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import Account from '#wallet/models/account'
import Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

interface Input {
  actor: User
  fromAccountId: string
  toAccountId: string
  /** What leaves, in the currency of the account it leaves; positive. */
  amount: number
  /** What arrives; required between currencies. */
  toAmount?: number
  bookedOn: string
  description?: string | null
}

/** Moves money between two accounts of one user: two linked rows or none. */
export default class RecordTransfer {
  async handle({ actor, fromAccountId, toAccountId, amount, toAmount, ...details }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const from = await Account.findReferenced(fromAccountId, 'fromAccountId', trx)
      const to = await Account.findReferenced(toAccountId, 'toAccountId', trx)
      const arriving = this.#arriving(from, to, amount, toAmount)

      const transferId = randomUUIDv7()
      const leg = (account: Account, other: Account, minor: number) => ({
        userId: actor.id,
        accountId: account.id,
        currency: account.currency,
        kind: 'transfer' as const,
        amountMinor: minor,
        transferId,
        bookedOn: details.bookedOn,
        payee: other.name,
        description: details.description ?? null,
        tags: [],
      })
      const legs = await Transaction.createMany([leg(from, to, -amount), leg(to, from, arriving)], {
        client: trx,
      })
      await audit.record(
        {
          actor,
          action: 'transfer.recorded',
          subject: legs[0],
          data: { transferId },
          userId: actor.id,
        },
        trx
      )
      return { transferId, from: legs[0], to: legs[1] }
    })
  }

  #arriving(from: Account, to: Account, amount: number, toAmount?: number) {
    if (from.id === to.id) {
      throw ValidationFailed.field('toAccountId', 'different', 'A transfer needs two accounts')
    }
    if (from.currency === to.currency) {
      if (toAmount !== undefined && toAmount !== amount) {
        throw ValidationFailed.field(
          'toAmount',
          'sameCurrency',
          'What arrives is what left, in one currency'
        )
      }
      return amount
    }
    if (toAmount === undefined) {
      throw ValidationFailed.field('toAmount', 'required', `Say how much arrives in ${to.currency}`)
    }
    return toAmount
  }
}
