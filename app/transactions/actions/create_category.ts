import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import Category from '#transactions/models/category'
import type User from '#users/models/user'

interface Input {
  actor: User
  name: string
  kind: Category['kind']
  parentId?: string | null
  color?: string | null
  icon?: string | null
}

/** Adds a category, at the top or under another of its kind. */
export default class CreateCategory {
  async handle({ actor, parentId = null, ...details }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const category = new Category().merge({ userId: actor.id, ...details })
      await category.moveUnder(parentId, trx)
      await category.useTransaction(trx).save()
      await audit.record(
        { actor, action: 'category.created', subject: category, userId: actor.id },
        trx
      )
      return category
    })
  }
}
