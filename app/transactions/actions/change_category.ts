import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import Category from '#transactions/models/category'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  changes: { name?: string; parentId?: string | null; color?: string | null; icon?: string | null }
  precondition: Precondition
}

/** Renames, recolours or moves a category within the tree. */
export default class ChangeCategory {
  async handle({ actor, id, changes, precondition }: Input) {
    return tenant.ledger(actor.id, async (trx) => {
      const category = await Category.findOrFail(id, { client: trx })
      await precondition(category, trx)

      const { parentId, ...plain } = changes
      if (parentId !== undefined) await category.moveUnder(parentId, trx)
      category.merge(plain)
      const isRenamed = category.$dirty.name !== undefined
      await category.save()
      if (isRenamed) await category.touchTransactions(trx)
      await audit.record(
        {
          actor,
          action: 'category.changed',
          subject: category,
          data: { fields: Object.keys(changes) },
          userId: actor.id,
        },
        trx
      )
      return category
    })
  }
}
