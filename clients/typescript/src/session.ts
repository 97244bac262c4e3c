import type { components } from './schema.ts'
import { FinoraError } from './finora_error.ts'

/** What a sign-in gives: to be kept where only the signed-in person gets at it. */
export type Tokens = Pick<components['schemas']['TokenPair'], 'accessToken' | 'refreshToken'>

/** Where tokens are kept between two runs of a program. */
export interface TokenStore {
  load(): Tokens | undefined | Promise<Tokens | undefined>
  save(tokens: Tokens | undefined): void | Promise<void>

  /**
   * Runs `work` while nobody else who shares the store runs theirs. Needed where
   * several programs or tabs share one: a refresh token exchanged twice ends the
   * session. In browsers: `lock: (work) => navigator.locks.request('finora', work)`.
   */
  lock?<T>(work: () => Promise<T>): Promise<T>
}

type Exchange = (refreshToken: string) => Promise<Tokens>

/**
 * The tokens of one sign-in. A refresh token can be exchanged once, so however many
 * requests find the access token expired, one exchange is made for all of them.
 */
export class Session {
  readonly #store: TokenStore
  readonly #exchange: Exchange
  #exchanging?: Promise<string | undefined>

  constructor(store: TokenStore, exchange: Exchange) {
    this.#store = store
    this.#exchange = exchange
  }

  async accessToken() {
    const tokens = await this.#store.load()
    return tokens?.accessToken
  }

  /** Takes the place of the tokens before, also of those that are being exchanged. */
  async keep(tokens: Tokens | undefined) {
    await this.#exchanging?.catch(() => {})
    await this.#store.save(tokens && pick(tokens))
  }

  /**
   * The access token to go on with, or undefined when the session is over. One that
   * was exchanged meanwhile, by somebody else who found it expired, is good enough.
   */
  renewed(expired: string): Promise<string | undefined> {
    const renew = () => this.#renew(expired)
    this.#exchanging ??= (this.#store.lock ? this.#store.lock(renew) : renew()).finally(
      () => (this.#exchanging = undefined)
    )
    return this.#exchanging
  }

  async #renew(expired: string) {
    const tokens = await this.#store.load()
    if (!tokens) return undefined
    if (tokens.accessToken !== expired) return tokens.accessToken

    try {
      const renewed = await this.#exchange(tokens.refreshToken)
      await this.#store.save(pick(renewed))
      return renewed.accessToken
    } catch (error) {
      if (!(error instanceof FinoraError) || error.status !== 401) throw error
      return this.#otherThan(tokens)
    }
  }

  /** Whose tokens are refused asks once more whether somebody else has put better ones there. */
  async #otherThan({ refreshToken }: Tokens) {
    const tokens = await this.#store.load()
    if (tokens && tokens.refreshToken !== refreshToken) return tokens.accessToken
    await this.#store.save(undefined)
    return undefined
  }
}

/** Forgets the tokens when the program ends. */
export function inMemory(tokens?: Tokens): TokenStore {
  let kept = tokens
  return {
    load: () => kept,
    save: (given) => {
      kept = given
    },
  }
}

function pick({ accessToken, refreshToken }: Tokens): Tokens {
  return { accessToken, refreshToken }
}
