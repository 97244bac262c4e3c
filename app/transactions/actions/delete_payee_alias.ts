import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import PayeeAlias from '#transactions/models/payee_alias'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/** Forgets an alias; what it has named keeps its name. */
export default class DeletePayeeAlias {
  async handle({ actor, id, precondition }: Input) {
    await tenant.transaction(actor.id, async (trx) => {
      const alias = await PayeeAlias.query({ client: trx })
        .where('id', id)
        .forUpdate()
        .firstOrFail()
      await precondition(alias, trx)
      await alias.delete()
      await audit.record(
        { actor, action: 'payee-alias.deleted', subject: alias, userId: actor.id },
        trx
      )
    })
  }
}
