import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Rule from '#transactions/models/rule'

/** The user's rules in the order in which they act. */
export class RuleList {
  /** @param after the last one of the page before; returns up to `limit` rows */
  async handle(
    trx: TransactionClientContract,
    limit: number,
    after?: { position: number; id: string } | null
  ) {
    return Rule.query({ client: trx })
      .if(after, (query) =>
        query.whereRaw('(position, id) > (?, ?::uuid)', [after!.position, after!.id])
      )
      .orderBy('position')
      .orderBy('id')
      .limit(limit)
  }
}
