import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import PayeeAlias from '#transactions/models/payee_alias'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { alias?: string; payee?: string }
  precondition: Precondition
}

/** Changes an alias, which is the person's own from then on. */
export default class ChangePayeeAlias {
  async handle({ actor, id, changes, precondition }: Input) {
    const { alias: text, payee } = changes
    return tenant.transaction(actor.id, async (trx) => {
      const alias = await PayeeAlias.query({ client: trx })
        .where('id', id)
        .forUpdate()
        .firstOrFail()
      await precondition(alias, trx)

      if (text !== undefined) alias.alias = PayeeAlias.formOf(text)
      if (payee !== undefined) alias.payee = payee
      await alias.merge({ origin: 'entered' }).save()
      await audit.record(
        { actor, action: 'payee-alias.changed', subject: alias, userId: actor.id },
        trx
      )
      return alias
    })
  }
}
