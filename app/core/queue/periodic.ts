import { setTimeout as sleep } from 'node:timers/promises'

/** Does something again and again with a pause between, whatever becomes of it. */
export class Periodic {
  readonly #work: () => Promise<unknown>
  readonly #pause: number
  readonly #onError: (error: unknown) => void
  readonly #stopping = new AbortController()
  #running?: Promise<void>

  /** @param pause milliseconds from the end of one run to the start of the next */
  constructor(work: () => Promise<unknown>, pause: number, onError: (error: unknown) => void) {
    this.#work = work
    this.#pause = pause
    this.#onError = onError
  }

  start() {
    this.#running ??= this.#repeat()
    return this
  }

  /** Resolves when the run that is under way has ended. */
  async stop() {
    this.#stopping.abort()
    await this.#running
  }

  async #repeat() {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#work().catch(this.#onError)
      await sleep(this.#pause, undefined, { signal }).catch(() => undefined)
    }
  }
}
