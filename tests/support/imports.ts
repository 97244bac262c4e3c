import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import RunImport from '#transactions/actions/run_import'
import UndoImport from '#transactions/actions/undo_import'
import type User from '#users/models/user'
import type { Detection } from '#transactions/domain/statements/detection'
import type { Statement } from '#transactions/domain/statements/statement_log'
import type Account from '#wallet/models/account'

const PATH = '/api/v1/transactions/imports'

interface Options {
  mapping?: object
  dryRun?: boolean
  restoreDeleted?: boolean
  name?: string
  /** Further fields of the upload: `format`, `profileId`, `saveProfile`. */
  fields?: Record<string, string>
}

/** What an import says of itself, as far as tests look at it. */
export interface ShownImport {
  id: string
  status: string
  format: string
  detection: Detection | null
  profileId: string | null
  statements: Statement[]
  counts: { total: number; imported: number; duplicates: number; rejected: number }
  progress: number
  error: { code: string; detail: string } | null
  reversalError: { code: string; detail: string } | null
}

/** Uploads a file as a client does; the rows are still unread. */
export function upload(
  client: ApiClient,
  user: User,
  account: Pick<Account, 'id'>,
  content: string | Buffer,
  { mapping, dryRun, restoreDeleted, name = 'bank.csv', fields = {} }: Options = {}
) {
  const request = client
    .post(PATH)
    .loginAs(user)
    .file('file', Buffer.from(content), { filename: name, contentType: 'text/csv' })
    .fields({ accountId: account.id, ...fields })
  if (mapping) request.field('mapping', JSON.stringify(mapping))
  if (dryRun) request.field('dryRun', 'true')
  if (restoreDeleted) request.field('restoreDeleted', 'true')
  return request
}

/** Uploads a file, has it read and shows what the import says then. */
export async function importFile(...parameters: Parameters<typeof upload>): Promise<ShownImport> {
  const [client, user] = parameters
  const response = await upload(...parameters)
  response.assertStatus(202)
  return read(client, user, response.body().id)
}

/** Does what the worker does with an uploaded file. */
export async function read(client: ApiClient, user: User, id: string): Promise<ShownImport> {
  const runImport = await app.container.make(RunImport)
  await runImport.handle({ userId: user.id, importId: id })
  return show(client, user, id)
}

export async function show(client: ApiClient, user: User, id: string): Promise<ShownImport> {
  const response = await client.get(`${PATH}/${id}`).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

/** Asks for a reversal and does what the worker does then. */
export async function revert(client: ApiClient, user: User, id: string) {
  const response = await client.post(`${PATH}/${id}/reversal`).loginAs(user)
  response.assertStatus(202)
  const undoImport = await app.container.make(UndoImport)
  await undoImport.handle({ userId: user.id, importId: id })
}

/** Confirms a dry run and has its import read. */
export async function confirm(client: ApiClient, user: User, id: string): Promise<ShownImport> {
  const response = await client.post(`${PATH}/${id}/confirmation`).loginAs(user)
  response.assertStatus(202)
  return read(client, user, response.body().id)
}

/** Says what a row is; the answer is not looked at. */
export function override(
  client: ApiClient,
  user: User,
  id: string,
  number: number,
  said: { verdict: string; transactionId?: string | null }
) {
  return client.patch(`${PATH}/${id}/rows/${number}`).loginAs(user).json(said)
}

/** The verdicts of an import, all pages of them. */
export async function verdicts(client: ApiClient, user: User, id: string, query: object = {}) {
  const seen: Record<string, string | number | null>[] = []
  let page: object = query
  for (;;) {
    const response = await client.get(`${PATH}/${id}/rows`).qs(page).loginAs(user)
    response.assertStatus(200)
    const { data, meta } = response.body()
    seen.push(...data)
    if (!meta.nextCursor) return seen
    page = { ...query, cursor: meta.nextCursor }
  }
}
