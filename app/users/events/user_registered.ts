import { BaseEvent } from '@adonisjs/core/events'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type User from '#users/models/user'

/** Somebody signed up. Listeners join the transaction that makes them. */
export default class UserRegistered extends BaseEvent {
  constructor(
    readonly user: User,
    readonly trx: TransactionClientContract
  ) {
    super()
  }
}
