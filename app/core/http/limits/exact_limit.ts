import type { Rate } from '#core/http/limits/rate'
import type { Standing } from '#core/http/limits/window'
import { Windows } from '#core/http/limits/windows'
import { countTogether } from '#core/http/limits/shared_counts'

/**
 * A limit that counts every request in Redis before it is let through: nobody gets
 * more by asking several processes at once. The process counts as well, so a Redis
 * that goes away or is emptied gives nobody a fresh start.
 */
export class ExactLimit {
  readonly #windows: Windows

  constructor(
    readonly name: string,
    readonly rate: Rate
  ) {
    this.#windows = new Windows(rate)
  }

  async count(client: string): Promise<Standing> {
    const window = this.#windows.of(client)
    const used = window.count()
    window.untold = 0
    if (used > this.rate.requests) return window.standing(used)

    const counted = await countTogether(this.name, this.rate, client, 1)
    if (counted) window.learn(counted)
    return window.standing(Math.max(used, counted?.consumed ?? 0))
  }
}
