import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import { BadgeCatalogue } from '#gamification/queries/badge_catalogue'
import BadgeTransformer, { badgeSchema } from '#gamification/transformers/badge_transformer'

@inject()
export default class BadgesController {
  constructor(protected catalogue: BadgeCatalogue) {}

  @operation({
    summary: 'List badges',
    description:
      'All there is to earn, in one page, and how far you are with each. Badges follow your books: when what one was earned for is deleted or taken back, it goes, and comes back with it.',
    responses: { 200: list(badgeSchema) },
  })
  async index({ caller }: HttpContext) {
    const badges = await this.catalogue.handle(await caller.ledger())
    return { data: BadgeTransformer.transform(badges), meta: { nextCursor: null } }
  }
}
