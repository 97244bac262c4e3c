import type { LimiterResponse } from '@adonisjs/limiter'
import type { Rate } from '#core/http/limits/rate'

/** Where a client stands with a limit, this request included. */
export interface Standing {
  limit: number
  remaining: number
  /** Seconds until it may ask as often again. */
  reset: number
  isOver: boolean
}

/**
 * The requests of one client since its first one, for as long as the rate says.
 * The process's own count; what Redis knows of other processes is learned. Times
 * are monotonic: a clock that is set doesn't matter.
 */
export class Window {
  /** Counted here and not yet told to Redis. */
  untold = 0

  /** Counted here of whoever has not proven yet that they are the client. */
  #unproven = 0

  #count = 0
  #endsAt: number

  constructor(readonly rate: Rate) {
    this.#endsAt = performance.now() + rate.seconds * 1_000
  }

  get isOver() {
    return this.#endsAt <= performance.now()
  }

  /** Counts a request; answers the how-manieth it is. */
  count() {
    this.untold++
    return ++this.#count
  }

  /** Counts a request that may turn out to be another's (`settle`). */
  claim() {
    this.#unproven++
    return ++this.#count
  }

  /** Keeps the count of a claim when it was the client, and takes it back otherwise. */
  settle(isTheirs: boolean) {
    this.#unproven--
    if (isTheirs) this.untold++
    else this.#count--
  }

  /**
   * Takes over the count and the end that all processes share. A Redis that knows
   * less was emptied, or its window ended a moment before this one.
   */
  learn({ consumed, availableIn }: Pick<LimiterResponse, 'consumed' | 'availableIn'>) {
    const known = consumed + this.untold + this.#unproven
    if (known < this.#count) return

    this.#count = known
    this.#endsAt = performance.now() + availableIn * 1_000
  }

  /** @param used the how-manieth request it is */
  standing(used = this.#count): Standing {
    const { requests } = this.rate
    return {
      limit: requests,
      remaining: Math.max(0, requests - used),
      reset: Math.max(1, Math.ceil((this.#endsAt - performance.now()) / 1_000)),
      isOver: used > requests,
    }
  }
}
