import { BaseEvent } from '@adonisjs/core/events'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from '#users/models/user'

/**
 * Somebody leaves. Listeners join the transaction that says so and end, at once,
 * whatever could still act for the person; their rows are erased a little later.
 */
export default class ErasureRequested extends BaseEvent {
  constructor(
    readonly user: User,
    readonly trx: TransactionClientContract
  ) {
    super()
  }
}
