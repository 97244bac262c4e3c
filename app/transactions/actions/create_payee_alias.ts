import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import PayeeAlias from '#transactions/models/payee_alias'
import type User from '#users/models/user'

interface Input {
  actor: User
  alias: string
  payee: string
}

/** Says what rows that a bank calls so are to be called. Throws `Conflict` when one says so already. */
export default class CreatePayeeAlias {
  async handle({ actor, alias: text, payee }: Input) {
    const form = PayeeAlias.formOf(text)
    return tenant.transaction(actor.id, async (trx) => {
      await PayeeAlias.makeRoom(trx)
      const alias = await PayeeAlias.create(
        { userId: actor.id, alias: form, payee, origin: 'entered' },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'payee-alias.created', subject: alias, userId: actor.id },
        trx
      )
      return alias
    })
  }
}
