import { problems, problemType, type ProblemCode } from '#core/openapi/problems'
import {
  array,
  integer,
  named,
  object,
  text,
  type Keywords,
  type Schema,
} from '#core/openapi/schema'

/** The token a client sends in `Authorization: Bearer …`. */
export const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` of `POST /api/v1/auth/login`, good for 15 minutes.',
  },
  personalAccessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'fin_pat_…',
    description: 'Made by `POST /api/v1/auth/tokens` for programs; writes need the scope `write`.',
  },
}

/** Headers of answers. Those with `required` are on every answer that lists them. */
export const headers = {
  'X-Request-Id': {
    description: "The request's id, yours if you sent a sane one; it is also in the logs.",
    required: true,
    schema: text(),
  },
  'RateLimit-Limit': {
    description: 'Requests allowed in the window, of the limit that is closest to its end.',
    required: true,
    schema: text(),
  },
  'RateLimit-Remaining': {
    description: 'Requests left in the window.',
    required: true,
    schema: text(),
  },
  'RateLimit-Reset': {
    description: 'Seconds until the window is over.',
    required: true,
    schema: text(),
  },
  'Retry-After': { description: 'Seconds to wait.', required: true, schema: text() },
  'ETag': {
    description: "The resource's version, for `If-Match`.",
    required: true,
    schema: text(),
  },
  'Idempotency-Replayed': {
    description: '`true` when this is the stored answer to an earlier request.',
    schema: text(),
  },
}

export type HeaderName = keyof typeof headers

/** Headers of requests. */
export const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes a repetition safe for 24 hours: the same key and body get the first answer again.',
    schema: text({ minLength: 1, maxLength: 255 }),
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` the change is based on; refused with 412 when it is outdated.',
    schema: text(),
  },
}

const problemMembers = object({
  type: text({ description: '`urn:finora:problem:` and the code in kebab-case' }),
  title: text({ description: 'What went wrong, in general' }),
  status: integer({ description: 'The HTTP status' }),
  detail: text({ description: 'What went wrong this time' }),
  instance: text({ description: 'The path that was called' }),
  code: text({ description: 'Stable, for programs' }),
  requestId: text(),
  errors: array(
    object({
      field: text({ description: 'Path of the field, `lines.0.amount`' }),
      rule: text({ description: 'The rule it broke' }),
      message: text({ description: 'For people' }),
    }),
    { description: 'When the input is not valid, or one element of a list is at fault' }
  ),
})

/** The body of every error: RFC 9457 with `code`, `requestId` and, where fields are at fault, `errors`. */
export const problemSchema: Schema = named('Problem', {
  ...problemMembers,
  required: ['type', 'title', 'status', 'instance', 'code', 'requestId'],
})

/** The answer to a request that ends in one of these problems, all of one status. */
export function problemResponse(codes: ProblemCode[]): Keywords {
  const described = codes.map((code) => `\`${code}\`: ${problems[code].description}`)
  const status = problems[codes[0]].status

  return {
    description: described.join('\n\n'),
    headers: headerRefs(problemHeaders(status)),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            problemSchema,
            {
              type: 'object',
              properties: {
                code: { type: 'string', enum: codes },
                type: { type: 'string', enum: codes.map(problemType) },
                status: { type: 'integer', const: status },
              },
            },
          ],
        },
      },
    },
  }
}

/** On every answer of the API that was counted. */
export const standing: HeaderName[] = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']

/** What can't be read, its host or its path, is refused before it is counted. */
function problemHeaders(status: number): HeaderName[] {
  const always: HeaderName[] = ['X-Request-Id', ...(status === 400 ? [] : standing)]
  return [423, 429, 503].includes(status) ? [...always, 'Retry-After'] : always
}

/** References to shared headers, by name. */
export function headerRefs(names: HeaderName[]): Keywords {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
