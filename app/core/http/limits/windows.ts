import type { Rate } from '#core/http/limits/rate'
import { Window } from '#core/http/limits/window'

/** Clients remembered at a time, about 10 MB. Beyond it the oldest windows go first. */
const MOST = 50_000

/** The windows of one limit, by client. */
export class Windows {
  readonly #rate: Rate
  readonly #open = new Map<string, Window>()

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** The client's window, a new one when it has none or the last is over. */
  of(client: string): Window {
    const known = this.#open.get(client)
    if (known && !known.isOver) return known

    if (known) this.#open.delete(client)
    else if (this.#open.size >= MOST) this.#open.delete(this.#open.keys().next().value!)
    const window = new Window(this.#rate)
    this.#open.set(client, window)
    return window
  }
}
