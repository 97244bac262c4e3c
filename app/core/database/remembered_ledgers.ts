import { randomUUID } from 'node:crypto'
import { BoundedRedis } from '#core/redis/bounded_redis'
import type { LedgerOwner } from '#core/database/ledger_cache'

/** How long Postgres is believed on its last word, at most (milliseconds). */
const LIFETIME = 2_000

const EPOCH_LIFETIME = 600_000

/** A note holds for the epoch it was made in. */
interface Memory {
  epoch: string
  owner?: LedgerOwner
}

/**
 * Remembers in Redis, for two seconds, that a credential was good and at which
 * version its user's ledger was. Every note is made under an epoch of its user
 * that was read before Postgres was asked; a transaction in the user's name ends
 * the epoch after its commit, before anybody hears of it. So no request that
 * follows a write, a sign-out or a revocation finds what was true before it
 * (docs/decisions/0003).
 *
 * Redis that doesn't answer is done without. A writer who can't tell it stops
 * believing it, for longer than any note of before lives.
 */
export class RememberedLedgers {
  readonly #redis = new BoundedRedis('ledgers are asked for in Postgres at each request')
  readonly #doubted = new Map<string, NodeJS.Timeout>()

  /** What is remembered, or else what `ask` finds in Postgres, remembered from then on. */
  async recall(
    userId: string,
    credential: string,
    ask: () => Promise<LedgerOwner | undefined>
  ): Promise<LedgerOwner | undefined> {
    const memory = await this.#memory(userId, credential)
    if (memory?.owner) return memory.owner

    const askedAt = performance.now()
    const owner = await ask()
    const rest = Math.floor(LIFETIME - (performance.now() - askedAt))
    if (memory && owner && rest > 0) void this.#note({ ...memory, owner }, credential, rest)
    return owner
  }

  /** To be awaited between the commit of a write and the answer to it. */
  async forget(userId: string) {
    const told = await this.#redis.tell((connection) => connection.del(epochOf(userId)))
    if (told === undefined) this.#doubt(userId)
  }

  async #memory(userId: string, credential: string): Promise<Memory | undefined> {
    if (!this.#redis.isReady || this.#doubted.has(userId)) return undefined

    const keys = [epochOf(userId), noteOf(userId, credential)]
    const found = await this.#redis.ask<(string | null)[]>((connection) => connection.mget(keys))
    if (!found) return undefined

    const [epoch, note] = found
    if (epoch === null) return this.#begin(userId)

    const [noted, currency, version] = note?.split(' ') ?? []
    if (noted !== epoch) return { epoch }
    return { epoch, owner: { id: userId, currency, ledgerVersion: Number(version) } }
  }

  /** Of several who begin an epoch, one does. */
  async #begin(userId: string): Promise<Memory | undefined> {
    const epoch = randomUUID()
    const begun = await this.#redis.ask((connection) =>
      connection.set(epochOf(userId), epoch, 'PX', EPOCH_LIFETIME, 'NX')
    )
    return begun === 'OK' ? { epoch } : undefined
  }

  /** @param lifetime milliseconds */
  async #note({ epoch, owner }: Required<Memory>, credential: string, lifetime: number) {
    const { id, currency, ledgerVersion } = owner
    if (this.#doubted.has(id)) return
    const note = `${epoch} ${currency} ${ledgerVersion}`
    await this.#redis.ask((connection) =>
      connection.set(noteOf(id, credential), note, 'PX', lifetime)
    )
  }

  #doubt(userId: string) {
    clearTimeout(this.#doubted.get(userId))
    const end = () => this.#doubted.delete(userId)
    this.#doubted.set(userId, setTimeout(end, 2 * LIFETIME).unref())
  }
}

/** The keys of a user are on one node of a cluster. */
function epochOf(userId: string) {
  return `ledger:{${userId}}:epoch`
}

function noteOf(userId: string, credential: string) {
  return `ledger:{${userId}}:${credential}`
}

export const rememberedLedgers = new RememberedLedgers()
