import type { ApiDocument } from '#core/openapi/document'
import { isDocumented } from '#core/openapi/endpoints'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'

type Header = { $ref: string } | { required?: boolean }
type Response = { $ref: string } | DescribedResponse
type DescribedResponse = {
  headers?: Record<string, Header>
  content?: Record<string, { schema: object }>
}
type Operation = { operationId: string; responses: Record<string, Response> }

/** What the checker needs of an answer. */
export type Answer = {
  method: string
  path: string
  status: number
  headers: Record<string, string | undefined>
  text: string
}

/** Members of the document that are no keywords of JSON Schema. */
const DOCUMENT_MEMBERS = ['openapi', 'info', 'servers', 'tags', 'security', 'paths', 'components']

/**
 * Holds answers against the API document: the status must be declared, the
 * content type and the body must be what the document says, and required
 * headers must be there.
 */
export class ContractChecker {
  #document: ApiDocument
  #ajv: Ajv2020
  #templates: { pattern: RegExp; path: string }[]

  constructor(document: ApiDocument) {
    this.#document = document
    this.#templates = Object.keys(document.paths).sort(bySpecificity).map(toTemplate)
    this.#ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
    ajvFormats.default(this.#ajv)
    this.#ajv.addVocabulary(DOCUMENT_MEMBERS)
    this.#ajv.addSchema(document, 'api')
  }

  /** @throws naming the operation, the status and what doesn't fit */
  check(answer: Answer): void {
    if (!isDocumented(answer.path)) {
      return
    }
    const path = this.#templates.find(({ pattern }) => pattern.test(answer.path))?.path
    const method = answer.method === 'HEAD' ? 'get' : answer.method.toLowerCase()
    const operation = path && (this.#document.paths[path][method] as Operation | undefined)
    if (!path || !operation) {
      return this.#checkUnrouted(answer, path)
    }

    const name = `${operation.operationId} (${answer.method} ${path}) ${answer.status}`
    const declared = operation.responses[answer.status]
    if (!declared) {
      const statuses = Object.keys(operation.responses).join(', ')
      throw new Error(`${name} is not in the contract, which has ${statuses}: ${answer.text}`)
    }
    const pointer = pointerTo(path, method, String(answer.status), declared)
    this.#checkResponse(name, answer, this.#resolve(declared), pointer)
  }

  /** Response schemas that are no valid JSON Schema 2020-12, with the reason. */
  unsoundSchemas(): string[] {
    return this.#schemaPointers().flatMap((pointer) => {
      try {
        this.#ajv.getSchema(`api${pointer}`)
        return []
      } catch (error) {
        return [`${pointer}: ${(error as Error).message}`]
      }
    })
  }

  #checkUnrouted(answer: Answer, path: string | undefined): void {
    const name = `${answer.method} ${answer.path}, which has no contract,`
    if (answer.method === 'OPTIONS') {
      return
    }
    if (answer.status !== (path ? 405 : 404)) {
      throw new Error(`${name} answered ${answer.status}: ${answer.text}`)
    }
    this.#checkBody(name, answer, 'application/problem+json', '#/components/schemas/Problem')
  }

  #checkResponse(name: string, answer: Answer, declared: DescribedResponse, pointer: string): void {
    for (const [header, described] of Object.entries(declared.headers ?? {})) {
      if (this.#resolve(described).required && answer.headers[header.toLowerCase()] === undefined) {
        throw new Error(`${name} lacks the header ${header}`)
      }
    }
    const declaredTypes = Object.keys(declared.content ?? {})
    const contentType = declaredTypes.find((type) => type === typeOf(answer)) ?? declaredTypes[0]
    if (contentType !== undefined) {
      const schema = `${pointer}/content/${escape(contentType)}/schema`
      this.#checkBody(name, answer, contentType, schema)
    } else if (answer.text !== '') {
      throw new Error(`${name} should have no body and has: ${answer.text}`)
    }
  }

  #checkBody(name: string, answer: Answer, contentType: string, pointer: string): void {
    const sent = typeOf(answer)
    if (contentType !== '*/*' && sent !== contentType) {
      throw new Error(`${name} should be ${contentType} and is ${sent}: ${answer.text}`)
    }
    if (answer.method === 'HEAD' || !/[/+]json$/.test(contentType)) {
      return
    }
    const validate = this.#ajv.getSchema(`api${pointer}`)
    if (!validate) {
      throw new Error(`${name}: no schema at ${pointer}`)
    }
    if (!validate(JSON.parse(answer.text))) {
      throw new Error(`${name} breaks its contract:\n${explain(validate.errors)}\n${answer.text}`)
    }
  }

  #schemaPointers(): string[] {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        Object.entries((operation as Operation).responses).flatMap(([status, response]) =>
          Object.keys(this.#resolve(response).content ?? {}).map(
            (contentType) =>
              `${pointerTo(path, method, status, response)}/content/${escape(contentType)}/schema`
          )
        )
      )
    )
  }

  #resolve<T extends object>(value: T | { $ref: string }): T {
    if (!('$ref' in value)) {
      return value
    }
    const keys = value.$ref.slice(2).split('/')
    return keys.reduce<unknown>(
      (parent, key) => (parent as Record<string, unknown>)[key],
      this.#document
    ) as T
  }
}

function typeOf({ headers }: Answer): string | undefined {
  return headers['content-type']?.split(';')[0]
}

function bySpecificity(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.replaceAll('{', '\uffff'))
  return left < right ? -1 : 1
}

function toTemplate(path: string) {
  return { path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`) }
}

/** Where a response stands in the document. */
function pointerTo(path: string, method: string, status: string, response: Response): string {
  return '$ref' in response
    ? response.$ref
    : `#/paths/${escape(path)}/${method}/responses/${status}`
}

/** A path as a token of a JSON pointer inside a URI fragment. */
function escape(token: string): string {
  return encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function explain(errors: ErrorObject[] | null | undefined): string {
  return (errors ?? [])
    .map(
      ({ instancePath, message, params }) =>
        `  ${instancePath || '/'} ${message} ${JSON.stringify(params)}`
    )
    .join('\n')
}
