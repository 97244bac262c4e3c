import type { Logger } from '@adonisjs/core/logger'
import service from '@adonisjs/core/services/logger'

const PAUSE = 60_000
const MOST_REMEMBERED = 200

/**
 * Writes the same complaint at most once a minute: a dependency that is away
 * fails every second, and says nothing new each time.
 */
export class OutageLog {
  readonly #logger?: Logger
  readonly #said = new Map<string, number>()

  /**
   * @param logger the application's, unless given: looked up when there is something
   * to write, as modules that Ace loads with its commands come before it
   */
  constructor(logger?: Logger) {
    this.#logger = logger
  }

  warn(error: unknown, message: string) {
    const { code, message: reason } = error as NodeJS.ErrnoException
    const complaint = `${message} ${code ?? reason}`
    const now = Date.now()
    if (now - (this.#said.get(complaint) ?? -PAUSE) < PAUSE) return

    if (this.#said.size >= MOST_REMEMBERED) this.#said.clear()
    this.#said.set(complaint, now)
    const logger = this.#logger ?? service
    logger.warn({ err: error }, message)
  }
}
