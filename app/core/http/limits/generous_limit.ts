import type { Rate } from '#core/http/limits/rate'
import type { Standing, Window } from '#core/http/limits/window'
import { Windows } from '#core/http/limits/windows'
import { countTogether } from '#core/http/limits/shared_counts'

/** How long what one process counted stays unknown to the others (milliseconds). */
const TELLING_EVERY = 250

/**
 * A limit that costs a request nothing but an addition: the process counts, and
 * tells Redis a few times a second what it counted (docs/decisions/0013). Several
 * processes together let through what they count in that time too much, at most.
 */
export class GenerousLimit {
  readonly #windows: Windows
  #untold = new Map<string, Window>()
  #timer?: NodeJS.Timeout

  constructor(
    readonly name: string,
    readonly rate: Rate
  ) {
    this.#windows = new Windows(rate)
  }

  count(client: string): Standing {
    const window = this.#windows.of(client)
    const used = window.count()
    this.#untold.set(client, window)
    this.#timer ??= setTimeout(() => this.#tell(), TELLING_EVERY).unref()
    return window.standing(used)
  }

  async #tell() {
    const windows = this.#untold
    this.#untold = new Map()
    this.#timer = undefined
    await Promise.all([...windows].map(([client, window]) => this.#tellOf(client, window)))
  }

  async #tellOf(client: string, window: Window) {
    const told = window.untold
    window.untold = 0
    const counted = await countTogether(this.name, this.rate, client, told)
    if (counted) window.learn(counted)
    else window.untold += told
  }
}
