import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { CurrentStreak } from '#gamification/queries/current_streak'
import { PointHistory } from '#gamification/queries/point_history'
import { Standing } from '#gamification/queries/standing'
import PointsTransformer, { pointsSchema } from '#gamification/transformers/points_transformer'
import { pointsValidator } from '#gamification/validators/gamification_validators'

const newestFirst = new Keyset({ position: 'integer' })

@inject()
export default class PointsController {
  constructor(
    protected history: PointHistory,
    protected standing: Standing,
    protected streak: CurrentStreak
  ) {}

  @operation({
    summary: 'Points, level and streak',
    description:
      'Points are a ledger that is only appended to: when a transaction is deleted or an import taken back, what it earned is reversed by an entry of its own. Transactions count when they are recorded within a week of their day, up to a cap a day; an import counts once, however many rows it has. What you just did is there within a few seconds.',
    request: { query: pointsValidator },
    responses: { 200: pointsSchema },
  })
  async show({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(pointsValidator)
    const before = newestFirst.after(cursor)?.position
    const streak = await this.streak.handle(await caller.ledger())
    const [balance, entries] = await caller.read((reader) =>
      Promise.all([this.standing.balance(reader), this.history.handle(reader, limit + 1, before)])
    )
    const { data: history, meta } = newestFirst.page(entries, limit)
    return PointsTransformer.transform({ balance, streak, history, nextCursor: meta.nextCursor })
  }
}
