import { BaseEvent } from '@adonisjs/core/events'

/** The rows of a user are gone. Told again when the erasure is begun again. */
export default class UserErased extends BaseEvent {
  constructor(readonly userId: string) {
    super()
  }
}
