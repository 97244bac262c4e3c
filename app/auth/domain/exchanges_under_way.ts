/** How long the end of an exchange is remembered: longer than any request waits (milliseconds). */
const REMEMBERED = 10_000

/**
 * Tells exchanges of one family that overlap from those that follow each other.
 * Tabs that refresh at the same moment overlap, each with the one before: nobody
 * who had an answer already can be among them. What is under way in other
 * processes isn't known here. Times are those of `performance.now()`.
 */
export class ExchangesUnderWay {
  readonly #families = new Map<string, { underWay: number; endedAt: number }>()

  /**
   * @param arrivedAt when the request of this exchange came in
   * @param exchange is told whether another one was still unanswered then
   */
  async run<T>(
    family: string,
    arrivedAt: number,
    exchange: (overlaps: boolean) => Promise<T>
  ): Promise<T> {
    const known = this.#families.get(family) ?? { underWay: 0, endedAt: -Infinity }
    const overlaps = known.underWay > 0 || arrivedAt <= known.endedAt
    this.#families.set(family, known)
    known.underWay++
    try {
      return await exchange(overlaps)
    } finally {
      known.underWay--
      known.endedAt = performance.now()
      setTimeout(() => this.#forget(family), REMEMBERED).unref()
    }
  }

  #forget(family: string) {
    const known = this.#families.get(family)
    if (!known || known.underWay > 0 || performance.now() - known.endedAt < REMEMBERED - 1) return
    this.#families.delete(family)
  }
}
