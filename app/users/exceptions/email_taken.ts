import { DatabaseError } from 'pg'
import { Problem } from '#core/http/problem'

export default class EmailTaken extends Problem {
  constructor() {
    super({
      status: 409,
      code: 'EmailTaken',
      title: 'E-mail address taken',
      detail: 'Somebody has already registered with this e-mail address.',
    })
  }

  /** What an error of Postgres means: this one, if it says so; else it stays what it is. */
  static unless(error: unknown) {
    const isTaken = error instanceof DatabaseError && error.constraint === 'users_email_unique'
    return isTaken ? new EmailTaken() : error
  }
}
