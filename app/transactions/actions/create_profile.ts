import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import Account from '#wallet/models/account'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import { headerKey } from '#transactions/domain/statements/header_key'
import type { Mapping } from '#transactions/domain/statements/mapping'
import ImportProfile from '#transactions/models/import_profile'
import type User from '#users/models/user'

interface Input {
  actor: User
  accountId: string
  name: string
  format?: StatementFormat
  headers?: string[] | null
  mapping: Mapping
}

/** Keeps a mapping for an account's files with a certain header. Throws `Conflict` when one is there. */
export default class CreateProfile {
  async handle({ actor, accountId, name, format = 'csv', headers = null, mapping }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const account = await Account.findReferenced(accountId, 'accountId', trx)
      const key = headerKey(format, headers)
      const known = await ImportProfile.recognised(account.id, [key], trx)
      if (known) throw new Conflict('The account has a profile for files with this header already.')

      const profile = await ImportProfile.create(
        { userId: actor.id, accountId: account.id, name, format, headers, mapping },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'importProfile.created', subject: profile, userId: actor.id },
        trx
      )
      return profile
    })
  }
}
