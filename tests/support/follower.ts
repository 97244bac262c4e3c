import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/sync'

type Shown = { id: string } & Record<string, unknown>

/** A page of changes, as the API answers it. */
export interface Page {
  added: Shown[]
  modified: Shown[]
  removed: { id: string }[]
  nextCursor: string
  hasMore: boolean
}

/** A client that keeps a ledger of its own by what it is told of another. */
export class Follower {
  readonly rows = new Map<string, Shown>()
  cursor?: string

  constructor(
    private client: ApiClient,
    private user: User
  ) {}

  /** Asks for the next page and does what it says. */
  async turn(limit?: number): Promise<Page> {
    const { client, user, cursor } = this
    const response = await client
      .get(PATH)
      .qs({ ...(cursor && { cursor }), ...(limit && { limit }) })
      .loginAs(user)
    response.assertStatus(200)
    const page: Page = response.body()
    for (const row of [...page.added, ...page.modified]) this.rows.set(row.id, row)
    for (const { id } of page.removed) this.rows.delete(id)
    this.cursor = page.nextCursor
    return page
  }

  /** Turns pages until there are no more. */
  async catchUp(limit?: number): Promise<Page[]> {
    const pages = [await this.turn(limit)]
    while (pages.at(-1)!.hasMore) pages.push(await this.turn(limit))
    return pages
  }
}

/** The whole ledger, as `GET /transactions` shows it, by id. */
export async function ledgerOf(client: ApiClient, user: User): Promise<Map<string, Shown>> {
  const rows = new Map<string, Shown>()
  for (let page: object = { limit: 200 }; ;) {
    const response = await client.get('/api/v1/transactions').qs(page).loginAs(user)
    response.assertStatus(200)
    const { data, meta } = response.body()
    for (const row of data) rows.set(row.id, row)
    if (!meta.nextCursor) return rows
    page = { limit: 200, cursor: meta.nextCursor }
  }
}
