import { errors } from '@adonisjs/cache'
import cache from '@adonisjs/cache/services/main'
import { LRUCache } from 'lru-cache'
import { hash } from 'node:crypto'
import { countAnswer } from '#core/metrics/cache'

/** Whose ledger it is, what it is counted in, and at which version it is. */
export interface LedgerOwner {
  id: string
  currency: string
  ledgerVersion: number
}

/** `area:name` */
type Answer = `${string}:${string}`

/** Characters that one process keeps at hand, and for how many seconds at most. */
const NEAR_SIZE = 32 * 2 ** 20
const NEAR_SECONDS = 60

/** What an entry takes besides its text. */
const OVERHEAD = 200

/**
 * The texts asked for lately. The store of config/cache has them for all processes;
 * to find one there costs a request more than everything else it does.
 */
const near = new LRUCache<string, string>({
  maxSize: NEAR_SIZE,
  sizeCalculation: (text, key) => text.length + key.length + OVERHEAD,
})

/**
 * Remembers answers that follow from a user's ledger. The version of the ledger
 * is part of the key (`wallet:<userId>:summary:<version>:…`) and every write
 * moves it on in its own transaction, so an answer from before a write can't be
 * found after it: not in another process's memory, not with Redis' bus down,
 * and not when a slow reader stores it late. Simultaneous readers of one key
 * ask Postgres once. What `compute` throws comes out as it is.
 */
export const ledgerCache = {
  async remember<T>(
    owner: LedgerOwner,
    answer: Answer,
    parameters: object,
    seconds: number,
    compute: () => Promise<T>
  ): Promise<T> {
    return JSON.parse(await this.rememberJson(owner, answer, parameters, seconds, compute))
  },

  /** The same as the JSON text that was remembered, ready to be sent. */
  async rememberJson(
    owner: LedgerOwner,
    answer: Answer,
    parameters: object,
    seconds: number,
    compute: () => Promise<unknown>
  ): Promise<string> {
    const question = JSON.stringify(parameters)
    const key = `${owner.id} ${owner.ledgerVersion} ${answer} ${question}`
    const found = near.get(key)
    if (found !== undefined) {
      countAnswer(true)
      return found
    }

    const [area, name] = answer.split(':')
    const digest = hash('sha1', question, 'base64url')
    const shared = `${area}:${owner.id}:${name}:${owner.ledgerVersion}:${digest}`
    const text = await farther(shared, seconds, compute)
    near.set(key, text, { ttl: Math.min(seconds, NEAR_SECONDS) * 1_000 })
    return text
  },
}

async function farther(key: string, seconds: number, compute: () => Promise<unknown>) {
  let isHit = true
  const factory = async () => {
    isHit = false
    return JSON.stringify(await compute())
  }
  try {
    return await cache.getOrSet({ key, ttl: seconds * 1_000, factory })
  } catch (error) {
    throw error instanceof errors.E_FACTORY_ERROR ? error.cause : error
  } finally {
    countAnswer(isHit)
  }
}
