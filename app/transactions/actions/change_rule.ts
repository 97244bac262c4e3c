import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { checkRuleReferences, type RuleDetails } from '#transactions/actions/check_rule_references'
import Rule from '#transactions/models/rule'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: Partial<RuleDetails>
  precondition: Precondition
}

/** Changes what a rule looks at, does, or its place in the order. Throws `Conflict` for too many patterns. */
export default class ChangeRule {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const rule = await Rule.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      await precondition(rule, trx)
      await checkRuleReferences(changes, trx)
      await rule.merge(changes).save()
      await Rule.assertNotTooMany(trx)
      await audit.record({ actor, action: 'rule.changed', subject: rule, userId: actor.id }, trx)
      return rule
    })
  }
}
