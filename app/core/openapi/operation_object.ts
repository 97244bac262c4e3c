import { STATUS_CODES } from 'node:http'
import { headerRefs, standing, type HeaderName } from '#core/openapi/components'
import type { Endpoint } from '#core/openapi/endpoints'
import { modernize } from '#core/openapi/json_schema'
import type { Answer, DetailedAnswer, Operation, RequestSchema } from '#core/openapi/operation'
import { problems, type ProblemCode } from '#core/openapi/problems'
import { id, text, type Keywords, type Schema } from '#core/openapi/schema'

type JsonSchemaObject = Keywords & {
  properties?: Record<string, Keywords>
  required?: string[]
}

/** Problems of one status that an operation may answer with. */
export type Problems = { status: number; codes: ProblemCode[] }

const WRITES = ['post', 'put', 'patch', 'delete']

/** The module an endpoint belongs to: `/api/v1/wallet/summary` is `wallet`. */
export function moduleOf(path: string): string {
  return path.replace(/^\/api\/v\d+/, '').split('/')[1]
}

/** Everything of an OpenAPI Operation Object but its responses. */
export function describeRequest(endpoint: Endpoint) {
  const { path, params, operationId, contract, method } = endpoint
  const parameters = [
    ...pathParameters(params, contract.request?.params),
    ...queryParameters(contract.request?.query),
    ...(contract.idempotent ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ...(isConditional(method, contract) ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ]

  return {
    operationId,
    tags: contract.tags ?? [moduleOf(path)],
    summary: contract.summary,
    ...(contract.description && { description: contract.description }),
    ...security(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(contract),
  }
}

/** The successful answers of an operation, by status. */
export function describeAnswers(endpoint: Endpoint): Record<string, Keywords> {
  const { contract, method } = endpoint
  const unchanged = contract.etag && method === 'get' ? { 304: NOT_MODIFIED } : {}
  return Object.fromEntries(
    Object.entries({ ...contract.responses, ...unchanged }).map(([status, answer]) => [
      status,
      describeAnswer(endpoint, Number(status), answer),
    ])
  )
}

/** What `If-None-Match` with the current `ETag` is answered. */
const NOT_MODIFIED = { schema: null, description: 'You have this version already' }

/**
 * The problems an operation may answer with: the ones its contract implies (no
 * token, nothing under this id, a body that is not valid, …) and those it names.
 */
export function problemsOf(endpoint: Endpoint): Problems[] {
  const { path, params, method, contract, takesPersonalTokens } = endpoint
  const { request = {}, errors = [], idempotent } = contract
  const isApi = isBelowApi(path)
  const mayCarryBody = isApi && WRITES.includes(method)
  const implied: Partial<Record<ProblemCode, boolean>> = {
    MalformedRequest: isApi,
    Unauthenticated: !contract.public,
    Forbidden: takesPersonalTokens && WRITES.includes(method),
    NotFound: params.length > 0,
    IdempotencyInProgress: idempotent,
    PreconditionFailed: isConditional(method, contract),
    PayloadTooLarge: mayCarryBody,
    UnsupportedMediaType: mayCarryBody,
    ValidationFailed: Object.values(request).some(Boolean),
    IdempotencyKeyReused: idempotent,
    RateLimited: isApi,
    ServiceUnavailable: isApi,
  }

  const codes = (Object.keys(problems) as ProblemCode[]).filter(
    (code) => implied[code] || errors.includes(code)
  )
  return [...Map.groupBy(codes, (code) => problems[code].status)]
    .filter(([status]) => !(status in contract.responses))
    .map(([status, group]) => ({ status, codes: group }))
}

function describeAnswer({ path, contract, method }: Endpoint, status: number, answer: Answer) {
  const { schema, description, contentType, alternatives, headers } = expand(answer)
  const carried: HeaderName[] = ['X-Request-Id', ...(isBelowApi(path) ? standing : [])]
  if (contract.idempotent) {
    carried.push('Idempotency-Replayed')
  }
  if (contract.etag && (schema || status === 304) && method !== 'delete') {
    carried.push('ETag')
  }

  return {
    description: description ?? STATUS_CODES[status] ?? String(status),
    headers: { ...headerRefs(carried), ...ownHeaders(headers) },
    ...(schema && {
      content: mediaTypes({ [contentType ?? 'application/json']: schema, ...alternatives }),
    }),
  }
}

function mediaTypes(schemas: Record<string, Schema>): Keywords {
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]))
}

/** Without a word of its own an operation takes every kind of token. */
function security({ contract, takesPersonalTokens }: Endpoint): Keywords {
  if (contract.public) return { security: [] }
  return takesPersonalTokens ? {} : { security: [{ accessToken: [] }] }
}

function expand(answer: Answer): DetailedAnswer {
  const isDetailed = answer !== null && 'schema' in answer
  return isDetailed ? (answer as DetailedAnswer) : { schema: answer }
}

function ownHeaders(headers: Record<string, string> = {}): Keywords {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [
      name,
      { description, required: true, schema: text() },
    ])
  )
}

function pathParameters(names: string[], validator?: RequestSchema): Keywords[] {
  const described = validator ? propertiesOf(validator).properties : {}
  return names.map((name) => {
    const fallback = /^id$|Id$/.test(name) ? id() : text()
    return { name, in: 'path', required: true, schema: described?.[name] ?? fallback }
  })
}

function queryParameters(validator?: RequestSchema): Keywords[] {
  if (!validator) {
    return []
  }
  const { properties = {}, required = [] } = propertiesOf(validator)
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    ...(required.includes(name) && { required: true }),
    schema,
  }))
}

function requestBody({ request }: Operation): Keywords {
  if (request?.multipart) {
    return {
      requestBody: {
        required: true,
        content: { 'multipart/form-data': { schema: request.multipart } },
      },
    }
  }
  if (request?.body) {
    const schema = propertiesOf(request.body)
    return { requestBody: { required: true, content: { 'application/json': { schema } } } }
  }
  return {}
}

function propertiesOf(validator: RequestSchema): JsonSchemaObject {
  return modernize(validator.toJSONSchema()) as JsonSchemaObject
}

function isConditional(method: string, contract: Operation): boolean {
  return Boolean(contract.etag) && WRITES.includes(method) && method !== 'post'
}

/** The API proper is limited and reads bodies; probes aren't and don't. */
function isBelowApi(path: string): boolean {
  return path.startsWith('/api/')
}
