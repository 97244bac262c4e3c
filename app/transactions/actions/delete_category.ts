import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import type { Precondition } from '#core/http/etag'
import { RedirectImages } from '#transactions/actions/redirect_images'
import Category from '#transactions/models/category'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  /** The category that takes over what was booked; none leaves it without one. */
  moveTo?: string
  precondition: Precondition
}

/** Removes a category; its children move up to its parent. */
export default class DeleteCategory {
  async handle({ actor, id, moveTo, precondition }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const category = await Category.findOrFail(id, { client: trx })
      await precondition(category, trx)
      if (moveTo === id) throw ValidationFailed.field('moveTo', 'different', 'It is being deleted')

      const target = moveTo ? await Category.findReferenced(moveTo, 'moveTo', trx) : null
      if (target && target.kind !== category.kind) {
        throw ValidationFailed.field('moveTo', 'sameKind', `It is not of kind ${category.kind}`)
      }
      await new RedirectImages().handle(category, target, trx)
      await category.discard(target, trx)
      await audit.record(
        {
          actor,
          action: 'category.deleted',
          subject: category,
          data: { moveTo: target?.id ?? null },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
