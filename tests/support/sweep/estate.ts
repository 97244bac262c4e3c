import { randomUUIDv7 } from 'node:crypto'
import type { ApiClient } from '@japa/api-client'
import { system } from '#core/database/system'
import { uploaded } from '#tests/support/files'
import { categoryOf, open, record } from '#tests/support/household'
import { catalog, userTables } from '#tests/support/catalog'
import { importFile } from '#tests/support/imports'
import { told } from '#tests/support/notifications'
import { carryOut } from '#tests/support/rules'
import { accept, proposals } from '#tests/support/proposals'
import { reconcile, RECONCILIATIONS } from '#tests/support/reconciliations'
import { signIn } from '#tests/support/sign_in'
import { UNREACHABLE, WEBHOOKS } from '#tests/support/webhooks'
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

const STATEMENT = 'Date;Amount;Payee\n2026-01-15;-1;Shop\n'

/** About an import that repeats what was entered by hand. */
const proposal: Maker = async (client, user) => {
  const accountId = await account(client, user)
  await record(user, { accountId, amount: -1_00, payee: 'Shop' })
  const { id: importId } = await importFile(client, user, { id: accountId }, STATEMENT)
  const [{ id }] = await proposals(client, user, { importId })
  return id
}

/** One that is open, and a transaction it may clear. */
async function reconciled(client: ApiClient, user: User) {
  const { id: accountId } = await open(user, `Account ${performance.now()}`)
  const { id: transaction } = await record(user, { accountId, amount: -1 })
  const body = { accountId, statementDate: '2026-01-31', statementBalance: -1 }
  const reconciliation = await post(client, user, RECONCILIATIONS, body)
  return { reconciliation, transaction }
}

/** A webhook and what was to be sent to it. */
async function pinged(client: ApiClient, user: User) {
  const webhook = await post(client, user, WEBHOOKS, UNREACHABLE)
  const response = await client.post(`${WEBHOOKS}/${webhook}/ping`).loginAs(user)
  response.assertStatus(202)
  return { webhook, delivery: response.body().id as string }
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
    const { id } = await importFile(client, user, target, STATEMENT)
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
  dryRuns: async (client, user) => {
    const target = { id: await account(client, user) }
    const { id } = await importFile(client, user, target, STATEMENT, { dryRun: true })
    return id
  },
  proposals: proposal,
  acceptances: async (client, user) => {
    const id = await proposal(client, user)
    const response = await accept(client, user, id)
    response.assertStatus(200)
    return id
  },
  reconciliations: async (client, user) => {
    const { reconciliation } = await reconciled(client, user)
    return reconciliation
  },
  completions: async (client, user) => {
    const { id } = await open(user, `Account ${performance.now()}`)
    return reconcile(client, user, { id }, { statementDate: '2026-01-31', balance: 0 })
  },
  challenges: async () => {
    const [{ id }] = await catalog<{ id: string }>(
      `SELECT id FROM challenges ORDER BY code LIMIT 1`
    )
    return id
  },
  challengesTaken: async (client, user) => {
    const id = await MAKERS.challenges(client, user)
    return post(client, user, `/api/v1/gamification/challenges/${id}/participation`, {})
  },
  webhooks: (client, user) => post(client, user, WEBHOOKS, UNREACHABLE),
  deliveries: async (client, user) => {
    const { delivery } = await pinged(client, user)
    return delivery
  },
  files: (client, user) => uploaded(client, user),
  exports: async (client, user) => {
    const response = await client.post('/api/v1/users/me/export').loginAs(user)
    response.assertStatus(202)
    return response.body().id
  },
  notifications: async (_client, user) => told(user),
  alerts: async (client, user) =>
    post(client, user, '/api/v1/notifications/alerts', {
      kind: 'lowBalance',
      accountId: await account(client, user),
      threshold: 1_00,
      currency: 'EUR',
    }),
  tokens: (client, user) =>
    post(client, user, '/api/v1/auth/tokens', { name: 'Budget app', scopes: ['read'] }),
  sessions: async (client, user) => {
    const { accessToken } = await signIn(client, user)
    return JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString()).sid
  },
}

/** Everybody's: whoever names one names the same. */
const SHARED: (keyof typeof MAKERS)[] = ['challenges', 'challengesTaken']

/** Whether an id of this kind leads to what is one user's. */
export function isOwned(kind: string): boolean {
  return !SHARED.includes(kind)
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
  transactionId: 'transactions',
  transactionIds: 'transactions',
  /** Of a rule's condition on the account. */
  value: 'accounts',
}

/** What must be in a state of its own before an operation works on it. */
const STATES: Record<string, keyof typeof MAKERS> = {
  'POST /api/v1/transactions/imports/{id}/confirmation': 'dryRuns',
  'DELETE /api/v1/transactions/proposals/{id}/acceptance': 'acceptances',
  'DELETE /api/v1/transactions/reconciliations/{id}/completion': 'completions',
  'DELETE /api/v1/gamification/challenges/{id}/participation': 'challengesTaken',
}

/** Ids that an operation takes only together. */
const TOGETHER: Record<string, (client: ApiClient, user: User) => Promise<Record<string, string>>> =
  {
    'POST /api/v1/transactions/reconciliations': async (_client, user) => {
      const { id: accountId } = await open(user, `Account ${performance.now()}`)
      const { id } = await record(user, { accountId, amount: -1 })
      return { 'body.accountId': accountId, 'body.transactionIds': id }
    },
    'PATCH /api/v1/transactions/reconciliations/{id}': async (client, user) => {
      const { reconciliation, transaction } = await reconciled(client, user)
      return { 'path.id': reconciliation, 'body.transactionIds': transaction }
    },
    'POST /api/v1/notifications/webhooks/{id}/deliveries/{deliveryId}/retry': async (
      client,
      user
    ) => {
      const { webhook, delivery } = await pinged(client, user)
      return { 'path.id': webhook, 'path.deliveryId': delivery }
    },
  }

type Place = { operation: string; path: string; parameter: string } | { field: string }

/** The kind of what stands in `{id}` of a path, or in a field. */
export function kindOf(place: Place): string {
  const kind =
    'field' in place
      ? FIELDS[place.field]
      : (STATES[place.operation] ??
        new RegExp(`([^/]+)/\\{${place.parameter}\\}`).exec(place.path)?.[1])
  if (kind === undefined || !(kind in MAKERS)) {
    const what = JSON.stringify(place)
    throw new Error(`tests/support/sweep/estate.ts doesn't know what ${what} refers to`)
  }
  return kind
}

export function make(kind: string, client: ApiClient, user: User): Promise<string> {
  return MAKERS[kind](client, user)
}

/** One for each place of an operation, by the name of the place. */
export async function idsFor(
  operation: string,
  places: { name: string; kind: string }[],
  client: ApiClient,
  user: User
): Promise<Record<string, string>> {
  if (operation in TOGETHER) return TOGETHER[operation](client, user)
  const ids: Record<string, string> = {}
  for (const { name, kind } of places) ids[name] = await make(kind, client, user)
  return ids
}

/** One of every kind. */
export async function estateOf(client: ApiClient, user: User): Promise<Record<string, string>> {
  const made: Record<string, string> = {}
  for (const kind of Object.keys(MAKERS).filter(isOwned))
    made[kind] = await make(kind, client, user)
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
