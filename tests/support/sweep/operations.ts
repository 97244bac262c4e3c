import { readFileSync } from 'node:fs'
import type { Schema } from '#tests/support/sweep/samples'

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

/** One verb of one path, as the API document has it. */
export interface Operation {
  /** `PATCH /api/v1/wallet/accounts/{id}` */
  name: string
  method: string
  path: string
  isPublic: boolean

  /** It answers for as long as its client listens. */
  isEndless?: boolean
  parameters: Parameter[]
  body?: { type: 'json' | 'multipart'; schema: Schema }
}

type Described = {
  security?: unknown[]
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses?: Record<string, { content?: Record<string, unknown> }>
}

const document = JSON.parse(
  readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
) as { paths: Record<string, Record<string, Described>> }

/** Everything the API can be asked, by its own document. */
export const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => toOperation(path, method, described))
)

export const writes = operations.filter(({ method }) => method !== 'get')

function toOperation(path: string, method: string, described: Described): Operation {
  const content = described.requestBody?.content ?? {}
  const [json, multipart] = [content['application/json'], content['multipart/form-data']]
  return {
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    isPublic: described.security?.length === 0,
    isEndless: 'text/event-stream' in (described.responses?.['200']?.content ?? {}),
    parameters: (described.parameters ?? []).filter((each): each is Parameter => 'in' in each),
    ...(json && { body: { type: 'json', schema: json.schema } }),
    ...(multipart && { body: { type: 'multipart', schema: multipart.schema } }),
  }
}
