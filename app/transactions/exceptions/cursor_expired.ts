import { Problem } from '#core/http/problem'

/** What a client has missed is not known any more. */
export default class CursorExpired extends Problem {
  constructor() {
    super({
      status: 410,
      code: 'CursorExpired',
      title: 'The cursor is lost',
      detail: 'Forget what you have of the ledger and start over without a cursor.',
    })
  }
}
