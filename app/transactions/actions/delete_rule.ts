import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Rule from '#transactions/models/rule'
import type User from '#users/models/user'

/** Removes a rule; what it did stays. */
export default class DeleteRule {
  async handle({
    actor,
    id,
    precondition,
  }: {
    actor: User
    id: string
    precondition: Precondition
  }) {
    await tenant.transaction(actor.id, async (trx) => {
      const rule = await Rule.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      await precondition(rule, trx)
      await rule.delete()
      await audit.record({ actor, action: 'rule.deleted', subject: rule, userId: actor.id }, trx)
    })
  }
}
