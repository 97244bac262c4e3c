import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { checkRuleReferences, type RuleDetails } from '#transactions/actions/check_rule_references'
import Rule from '#transactions/models/rule'
import type User from '#users/models/user'

/** Adds a rule, behind the others unless a position is given. Throws `Conflict` when there are too many. */
export default class CreateRule {
  async handle({ actor, ...details }: RuleDetails & { actor: User }) {
    return tenant.ledger(actor.id, async (trx) => {
      await Rule.makeRoom(trx)
      await checkRuleReferences(details, trx)
      const last = await trx.from('rules').max('position as position').first()
      const position = details.position ?? (last?.position ?? 0) + 1
      const rule = await Rule.create({ userId: actor.id, ...details, position }, { client: trx })
      await audit.record({ actor, action: 'rule.created', subject: rule, userId: actor.id }, trx)
      return rule
    })
  }
}
