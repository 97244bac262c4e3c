import type { Rate } from '#core/http/limits/rate'
import type { Standing, Window } from '#core/http/limits/window'
import { Windows } from '#core/http/limits/windows'
import { countTogether } from '#core/http/limits/shared_counts'

/** How long what one process counted stays unknown to the others (milliseconds). */
const TELLING_EVERY = 250

/** A request counted for a client who has yet to prove that it is theirs. */
export interface Claim {
  standing: Standing
  settle(isTheirs: boolean): void
}

/**
 * A limit that costs a request nothing but an addition: the process counts, and
 * tells Redis a few times a second what it counted (docs/decisions/0013). Several
 * processes together let through what they count in that time too much, at most.
 */
export class GenerousLimit {
  readonly #windows: Windows
  #untold = new Map<Window, string>()
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
    this.#tellOf(window, client)
    return window.standing(used)
  }

  /**
   * Counts a request on trust. It holds here at once; what isn't proven in the end
   * is taken back, and no other process ever hears of it.
   */
  claim(client: string): Claim {
    const window = this.#windows.of(client)
    const used = window.claim()
    const settle = (isTheirs: boolean) => {
      window.settle(isTheirs)
      if (isTheirs) this.#tellOf(window, client)
    }
    return { standing: window.standing(used), settle }
  }

  #tellOf(window: Window, client: string) {
    this.#untold.set(window, client)
    this.#timer ??= setTimeout(() => this.#tell(), TELLING_EVERY).unref()
  }

  async #tell() {
    const windows = this.#untold
    this.#untold = new Map()
    this.#timer = undefined
    await Promise.all([...windows].map(([window, client]) => this.#share(window, client)))
  }

  async #share(window: Window, client: string) {
    const told = window.untold
    window.untold = 0
    const counted = await countTogether(this.name, this.rate, client, told)
    if (counted) window.learn(counted)
    else window.untold += told
  }
}
