import { setImmediate } from 'node:timers/promises'

/** Milliseconds: shorter than anybody notices, long enough to get on. */
const LENGTH = 20

/**
 * The share of long work that a process does at a time. Requests, other jobs and
 * the renewal of locks wait until it is over:
 *
 * ```ts
 * for (const row of rows) {
 *   if (turn.isOver) await turn.pass()
 * ```
 */
export class Turn {
  #end = performance.now() + LENGTH

  get isOver() {
    return performance.now() > this.#end
  }

  /** Lets everybody else go first. */
  async pass() {
    await setImmediate()
    this.#end = performance.now() + LENGTH
  }
}
