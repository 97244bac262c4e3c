import { randomUUIDv7 } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import { system } from '#core/database/system'
import { uploaded } from '#tests/support/files'
import { categoryOf, open, record } from '#tests/support/household'
import { userTables } from '#tests/support/catalog'
import { importFile } from '#tests/support/imports'
import { carryOut } from '#tests/support/rules'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

/** Makes one more of a kind for a user, and answers its id. */
type Maker = (client: ApiClient, user: User) => Promise<string>

const account: Maker = async (_client, user) => {
  const { id } = await open(user, `Account ${performance.now()}`, { opening: 1_000_00 })
  return id
}

const post = async (client: ApiClient, user: User, path: string, json: object) => {
  const response = await client.post(path).loginAs(user).json(json)
  response.assertStatus(201)
  return response.body().id as string
}

/** By the segment of a path that the id follows. */
const MAKERS: Record<string, Maker> = {
  accounts: account,
  categories: (client, user) =>
    post(client, user, '/api/v1/transactions/categories', {
      name: `Category ${performance.now()}`,
      kind: 'expense',
    }),
  rules: (client, user) =>
    post(client, user, '/api/v1/transactions/rules', {
      name: 'Rule',
      conditions: [{ field: 'payee', operator: 'contains', value: 'shop' }],
      actions: [{ kind: 'setPayee', payee: 'Shop' }],
    }),
  transactions: async (client, user) => {
    const { id: categoryId } = await categoryOf(user, 'Dining')
    const { id } = await record(user, {
      accountId: await account(client, user),
      amount: -1,
      categoryId,
    })
    return id
  },
  imports: async (client, user) => {
    const target = { id: await account(client, user) }
    const { id } = await importFile(client, user, target, 'Date;Amount;Payee\n2026-01-15;-1;Shop\n')
    return id
  },
  profiles: async (client, user) =>
    post(client, user, '/api/v1/transactions/imports/profiles', {
      accountId: await account(client, user),
      name: 'My bank',
      headers: ['Date', 'Amount', 'Payee'],
      mapping: { bookedOn: 'Date', amount: 'Amount', payee: 'Payee' },
    }),
  runs: async (client, user) => {
    const path = `/api/v1/transactions/rules/${await MAKERS.rules(client, user)}/runs`
    const response = await client.post(path).loginAs(user).json({})
    response.assertStatus(202)
    const { id: runId } = response.body()
    await carryOut(user, runId)
    return runId
  },
  aliases: (client, user) =>
    post(client, user, '/api/v1/transactions/payees/aliases', {
      alias: `Shop ${randomUUIDv7().replaceAll(/[\d-]/g, '')}`,
      payee: 'Shop',
    }),
  files: (client, user) => uploaded(client, user),
  exports: async (client, user) => {
    const response = await client.post('/api/v1/users/me/export').loginAs(user)
    response.assertStatus(202)
    return response.body().id
  },
  tokens: (client, user) =>
    post(client, user, '/api/v1/auth/tokens', { name: 'Budget app', scopes: ['read'] }),
  sessions: async (client, user) => {
    const { accessToken } = await signIn(client, user)
    return JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString()).sid
  },
}

/** What a field of a query or a body refers to. */
const FIELDS: Record<string, keyof typeof MAKERS> = {
  accountId: 'accounts',
  fromAccountId: 'accounts',
  toAccountId: 'accounts',
  categoryId: 'categories',
  parentId: 'categories',
  moveTo: 'categories',
  importId: 'imports',
  profileId: 'profiles',
  /** Of an operation among many. */
  id: 'transactions',
  ruleId: 'rules',
  /** Of a rule's condition on the account. */
  value: 'accounts',
}

/** The kind of what stands in `{id}` of a path, or in a field. */
export function kindOf(place: { path: string; parameter: string } | { field: string }): string {
  const kind =
    'field' in place
      ? FIELDS[place.field]
      : new RegExp(`([^/]+)/\\{${place.parameter}\\}`).exec(place.path)?.[1]
  if (kind === undefined || !(kind in MAKERS)) {
    const what = JSON.stringify(place)
    throw new Error(`tests/support/sweep/estate.ts doesn't know what ${what} refers to`)
  }
  return kind
}

export function make(kind: string, client: ApiClient, user: User): Promise<string> {
  return MAKERS[kind](client, user)
}

/** One of every kind. */
export async function estateOf(client: ApiClient, user: User): Promise<Record<string, string>> {
  const made: Record<string, string> = {}
  for (const kind of Object.keys(MAKERS)) made[kind] = await make(kind, client, user)
  return made
}

/** Everything the database has of a user, as one text, but what tests' own requests leave. */
export async function everythingOf(user: User, { but = [] as string[] } = {}): Promise<string> {
  const all = await userTables()
  const tables = all.filter(({ name }) => !but.includes(name))
  return system.transaction(async (trx) => {
    const parts: string[] = []
    for (const { name, owner } of tables) {
      const { rows } = await trx.rawQuery(
        `SELECT row_to_json(t)::text AS row FROM ${name} t WHERE ${owner} = ? ORDER BY 1`,
        [user.id]
      )
      parts.push(name, ...rows.map(({ row }: { row: string }) => row))
    }
    return parts.join('\n')
  })
}
