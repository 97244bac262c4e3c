const MINUTE = 60_000
const MOST_REMEMBERED = 10_000

/** Which tokens this process has noted as used within the last minute. */
export class LastUses {
  readonly #noted = new Map<string, number>()

  /** True once a minute for each id: then the use is to be written down. */
  isDue(id: string, now = Date.now()) {
    if (now - (this.#noted.get(id) ?? -Infinity) < MINUTE) return false

    this.#noted.delete(id)
    if (this.#noted.size >= MOST_REMEMBERED) {
      this.#noted.delete(this.#noted.keys().next().value!)
    }
    this.#noted.set(id, now)
    return true
  }
}
