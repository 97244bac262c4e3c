/**
 * Questions about single ids that are asked together: all that come up in one turn
 * of the event loop, in one statement.
 */
export class Gathered {
  readonly #ask: (ids: string[]) => Promise<Set<string>>
  #waiting: { id: string; resolve: (found: boolean) => void; reject: (error: unknown) => void }[] =
    []

  /** @param ask answers for which of the ids the answer is yes */
  constructor(ask: (ids: string[]) => Promise<Set<string>>) {
    this.#ask = ask
  }

  has(id: string): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    if (this.#waiting.push({ id, resolve, reject }) === 1) setImmediate(() => this.#answer())
    return promise
  }

  async #answer() {
    const waiting = this.#waiting
    this.#waiting = []
    try {
      const found = await this.#ask(waiting.map(({ id }) => id))
      for (const { id, resolve } of waiting) resolve(found.has(id))
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }
}
