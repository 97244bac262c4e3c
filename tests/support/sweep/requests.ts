import type { ApiClient, ApiRequest } from '@japa/api-client'
import { kindOf } from '#tests/support/sweep/estate'
import type { Operation } from '#tests/support/sweep/operations'
import { sample, type Schema } from '#tests/support/sweep/samples'
import { UNREACHABLE } from '#tests/support/webhooks'
import type User from '#users/models/user'

/** A place of a request that holds an id: `path.id`, `query.moveTo`, `body.accountId`. */
export interface Slot {
  name: string
  kind: string
}

type Made = Record<string, any>

/** Bodies that a schema can't tell: by operation, over what is made from the schema. */
const MEANT: Record<string, (made: Made) => object> = {
  'POST /api/v1/transactions/categories': () => ({ kind: 'expense' }),
  'POST /api/v1/notifications/webhooks': () => UNREACHABLE,
  'PATCH /api/v1/notifications/webhooks/{id}': () => UNREACHABLE,
  'PUT /api/v1/transactions/{id}/splits': () => ({ amount: -1 }),

  /** Nothing is named twice, and a sample is no tag. */
  'POST /api/v1/transactions/bulk': ({ operations: [create, update] }) => {
    const { ifMatch, ...changes } = update
    return { operations: [create, { ...changes, externalId: 'Another' }] }
  },
}

/** Whether an operation has a place for an id; what kind of id, only `slotsOf` has to know. */
export function takesIds({ parameters, body }: Operation): boolean {
  const inAddress = parameters.filter(({ in: place }) => place !== 'header')
  return JSON.stringify([inAddress, body?.schema]).includes('"format":"uuid"')
}

/**
 * Every place of an operation that can hold somebody's id.
 *
 * @throws when nobody has said what such an id refers to
 */
export function slotsOf({ name: operation, path, parameters, body }: Operation): Slot[] {
  const inAddress = parameters
    .filter(({ in: place, schema }) => place !== 'header' && schema.format === 'uuid')
    .map(({ in: place, name }) => ({
      name: `${place}.${name}`,
      kind: kindOf(place === 'path' ? { operation, path, parameter: name } : { field: name }),
    }))
  const fields = new Set<string>()
  if (body) sample(body.schema, (field) => (fields.add(field), field))
  const inBody = [...fields].map((field) => ({ name: `body.${field}`, kind: kindOf({ field }) }))
  return [...inAddress, ...inBody]
}

/** The request an operation wants, with these ids in its slots. */
export function requestOf(
  client: ApiClient,
  operation: Operation,
  ids: Record<string, string>,
  extra: object = {}
): ApiRequest {
  const { method, path, parameters, body } = operation
  const address = path.replace(/\{(\w+)\}/g, (_, name) => {
    const { schema } = parameters.find((each) => each.in === 'path' && each.name === name)!
    return ids[`path.${name}`] ?? String(sample(schema, () => ''))
  })
  const request = client[method as 'get' | 'post' | 'put' | 'patch' | 'delete'](address)
  const query = parameters
    .filter(({ in: place, name, required }) => {
      return place === 'query' && (required || `query.${name}` in ids)
    })
    .map(({ name, schema }) => [name, ids[`query.${name}`] ?? sample(schema, () => '')])
  request.qs(Object.fromEntries(query))

  if (body?.type === 'multipart') return withForm(request, body.schema, ids, extra)
  if (body) return request.json(jsonOf(operation, body.schema, ids, extra))
  return Object.keys(extra).length > 0 ? request.json(extra) : request
}

/** What a client's answer says, without what differs between any two requests. */
export function said(response: { status(): number; text(): string | undefined }, ids: string[]) {
  let text = (response.text() ?? '').replace(/"(?:requestId|asOf)":"[^"]+"/g, '')
  for (const id of ids) text = text.replaceAll(id, '<id>')
  return `${response.status()} ${text}`
}

export type Asker = (ids: Record<string, string>) => ApiRequest

export function askerOf(client: ApiClient, operation: Operation, user: User): Asker {
  return (ids) => requestOf(client, operation, ids).loginAs(user)
}

function jsonOf({ name }: Operation, schema: Schema, ids: Record<string, string>, extra: object) {
  const made = sample(schema, (field) => ids[`body.${field}`]) as Made | Made[]
  const whole = (each: Made) => ({ ...each, ...MEANT[name]?.(each), ...extra })
  return Array.isArray(made) ? made.map(whole) : whole(made)
}

function withForm(
  request: ApiRequest,
  schema: Schema,
  ids: Record<string, string>,
  extra: object
): ApiRequest {
  request.file('file', Buffer.from('Date;Amount;Payee\n2026-02-15;-2.00;Shop\n'), {
    filename: 'bank.csv',
    contentType: 'text/csv',
  })
  const ours = Object.entries(schema.properties ?? {}).filter(([, { format }]) => format === 'uuid')
  for (const [name] of ours) request.field(name, ids[`body.${name}`])
  for (const [name, value] of Object.entries(extra)) request.field(name, String(value))
  return request
}
