import { DateTime } from 'luxon'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Account from '#wallet/models/account'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { name?: string; type?: Account['type']; openingBalance?: number; archived?: boolean }
  precondition: Precondition
}

/** Renames, retypes, archives or restores an account, or corrects its opening balance. */
export default class ChangeAccount {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const account = await Account.findOrFail(id, { client: trx })
      await precondition(account, trx)

      const { openingBalance, archived, ...plain } = changes
      account.merge(plain)
      if (openingBalance !== undefined) account.openingBalanceMinor = openingBalance
      if (archived === true) account.archivedAt ??= DateTime.utc()
      if (archived === false) account.archivedAt = null
      await account.save()
      await audit.record(
        {
          actor,
          action: 'account.changed',
          subject: account,
          data: { fields: Object.keys(changes) },
          userId: actor.id,
        },
        trx
      )
      return account
    })
  }
}
