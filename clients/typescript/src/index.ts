import createClient, { type Client } from 'openapi-fetch'
import { FinoraError } from './finora_error.ts'
import { itemsOf, type ItemOf, type ListParameters, type ListPath } from './lists.ts'
import { identified, PATIENCE, repeating, type Fetch, type Patience } from './repeating_fetch.ts'
import type { components, paths } from './schema.ts'
import { inMemory, Session, type Tokens, type TokenStore } from './session.ts'

export { FinoraError, inMemory }
export type { components, paths, Patience, Tokens, TokenStore }
export type { Problem } from './finora_error.ts'

export interface FinoraOptions {
  /** Where the server is: `https://finora.example.com`. */
  baseUrl: string
  /** A personal access token (`fin_pat_…`), for programs. Nobody need sign in then. */
  token?: string
  /** Where the tokens of a sign-in are kept; in memory by default. */
  store?: TokenStore
  patience?: Partial<Patience>
  /** The way requests go; the platform's own by default. */
  fetch?: Fetch
}

type Credentials = paths['/api/v1/auth/login']['post']['requestBody']['content']['application/json']
type User = components['schemas']['User']
type Changes = components['schemas']['LedgerChanges']

/**
 * Finora's API. Expired sign-ins are renewed, what failed for reasons that pass is
 * repeated without happening twice, and what is refused throws a `FinoraError`.
 *
 * ```ts
 * const finora = new Finora({ baseUrl: 'https://finora.example.com' })
 * await finora.signIn({ email, password })
 * const { data } = await finora.api.GET('/api/v1/wallet/summary')
 * for await (const transaction of finora.each('/api/v1/transactions', { query: { q: 'rent' } })) …
 * ```
 */
export class Finora {
  /** Every operation, typed: `finora.api.POST('/api/v1/wallet/accounts', { body })`. */
  readonly api: Client<paths>

  readonly #session: Session
  readonly #send: Fetch
  readonly #token?: string

  constructor({ baseUrl, token, store = inMemory(), patience, fetch }: FinoraOptions) {
    this.#token = token
    this.#send = repeating(fetch ?? ((request) => globalThis.fetch(request)), {
      ...PATIENCE,
      ...patience,
    })
    const unauthenticated = createClient<paths>({
      baseUrl,
      fetch: (request) => this.#checked(request),
    })
    this.#session = new Session(store, async (refreshToken) => {
      const { data } = await unauthenticated.POST('/api/v1/auth/refresh', {
        body: { refreshToken },
      })
      return data!
    })
    this.api = createClient<paths>({ baseUrl, fetch: (request) => this.#authorised(request) })
  }

  /** Signs in; the session is kept in the store and renewed until `signOut`. */
  async signIn(body: Credentials): Promise<User> {
    await this.#session.keep(undefined)
    const { data } = await this.api.POST('/api/v1/auth/login', { body })
    await this.#session.keep(data!)
    return data!.user
  }

  /** Ends the session, on the server and here: here also when the server can't be told. */
  async signOut() {
    try {
      if (await this.#session.accessToken()) await this.api.POST('/api/v1/auth/logout')
    } catch (error) {
      if (!(error instanceof FinoraError) || error.status !== 401) throw error
    } finally {
      await this.#session.keep(undefined)
    }
  }

  /** Every item of a list, whatever its length: pages are loaded as they are needed. */
  each<Path extends ListPath>(path: Path, parameters?: ListParameters<Path>) {
    const get = this.api.GET as unknown as (
      path: Path,
      options: { params: object }
    ) => Promise<{ data?: { data: ItemOf<Path>[]; meta: { nextCursor: string | null } } }>
    const given: { query?: object } = parameters ?? {}

    return itemsOf<ItemOf<Path>>(async (cursor) => {
      const query = { ...given.query, ...(cursor !== undefined && { cursor }) }
      const { data } = await get(path, { params: { ...given, query } })
      return data!
    })
  }

  /**
   * What changed since a cursor (all there is without one), until nothing is left.
   * Keep the `nextCursor` of the last for the next time.
   *
   * @throws FinoraError with status 410 when the cursor is too old: start without one
   */
  async *changes(cursor?: string): AsyncGenerator<Changes, void, undefined> {
    for (let hasMore = true; hasMore;) {
      const { data } = await this.api.GET('/api/v1/transactions/sync', {
        params: { query: cursor === undefined ? {} : { cursor } },
      })
      yield data!
      cursor = data!.nextCursor
      hasMore = data!.hasMore
    }
  }

  async #authorised(given: Request): Promise<Response> {
    const request = identified(given)
    const token = this.#token ?? (await this.#session.accessToken())
    if (!token) return this.#checked(request)

    const response = await this.#send(bearing(request, token))
    if (response.status !== 401 || this.#token) return checked(response)

    const renewed = await this.#session.renewed(token)
    return renewed ? this.#checked(bearing(request, renewed)) : checked(response)
  }

  async #checked(request: Request) {
    return checked(await this.#send(request))
  }
}

async function checked(response: Response) {
  if (!response.ok) throw await FinoraError.of(response)
  return response
}

function bearing(request: Request, token: string) {
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  return new Request(request.clone(), { headers })
}
