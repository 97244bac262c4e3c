import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import Account from '#wallet/models/account'
import Reconciliation from '#transactions/models/reconciliation'
import type User from '#users/models/user'

interface Input {
  actor: User
  accountId: string
  statementDate: string
  /** In minor units of the account's currency. */
  statementBalance: number
  /** What the statement shows; all there is up to the day unless they are named. */
  transactionIds?: string[]
}

/** Begins to hold an account against a statement. Throws `Conflict` when it is being done already. */
export default class OpenReconciliation {
  async handle({ actor, accountId, statementDate, statementBalance, transactionIds }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const account = await Account.findReferenced(accountId, 'accountId', trx)
      const open = Reconciliation.query({ client: trx }).where({ accountId, status: 'open' })
      if (await open.first()) throw new Conflict('The account has an open reconciliation.')

      const reconciliation = new Reconciliation().useTransaction(trx).fill({
        userId: actor.id,
        accountId: account.id,
        statementDate,
        statementBalanceMinor: statementBalance,
      })
      await reconciliation.requireProgress(trx)
      await reconciliation.save()
      if (transactionIds) await reconciliation.clearOnly(transactionIds, trx)
      else await reconciliation.clearAll(trx)
      await audit.record(
        { actor, action: 'reconciliation.opened', subject: reconciliation, userId: actor.id },
        trx
      )
      return reconciliation
    })
  }
}
