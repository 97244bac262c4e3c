import { errors } from '@adonisjs/cache'
import cache from '@adonisjs/cache/services/main'
import { hash } from 'node:crypto'

/** Whose ledger it is, what it is counted in, and at which version it is. */
export interface LedgerOwner {
  id: string
  currency: string
  ledgerVersion: number
}

/** `area:name` */
type Answer = `${string}:${string}`

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
    ttl: string,
    compute: () => Promise<T>
  ): Promise<T> {
    return JSON.parse(await this.rememberJson(owner, answer, parameters, ttl, compute))
  },

  /** The same as the JSON text that was remembered, ready to be sent. */
  async rememberJson(
    owner: LedgerOwner,
    answer: Answer,
    parameters: object,
    ttl: string,
    compute: () => Promise<unknown>
  ): Promise<string> {
    const [area, name] = answer.split(':')
    const digest = hash('sha1', JSON.stringify(parameters), 'base64url')
    try {
      return await cache.getOrSet({
        key: `${area}:${owner.id}:${name}:${owner.ledgerVersion}:${digest}`,
        ttl,
        factory: async () => JSON.stringify(await compute()),
      })
    } catch (error) {
      throw error instanceof errors.E_FACTORY_ERROR ? error.cause : error
    }
  },
}
