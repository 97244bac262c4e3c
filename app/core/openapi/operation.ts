import 'reflect-metadata'
import type { ProblemCode } from '#core/openapi/problems'
import type { Schema } from '#core/openapi/schema'

/** Anything that describes its input as JSON Schema, as VineJS validators do. */
export type RequestSchema = { toJSONSchema(): object }

/** A successful answer with more to say than its schema. */
export type DetailedAnswer = {
  schema: Schema | null
  description?: string

  /** Defaults to `application/json`. */
  contentType?: string

  /** Schemas of the other media types that the body may have. */
  alternatives?: Record<string, Schema>

  /** Further headers by name, with what they say. */
  headers?: Record<string, string>
}

/** A successful answer; `null` has an empty body. */
export type Answer = Schema | DetailedAnswer | null

/** What a client may rely on when it calls one controller method. */
export type Operation = {
  /** A few words, shown in lists. */
  summary: string

  /** Markdown: what the summary can't say. */
  description?: string

  /** Defaults to the module in the path: `/api/v1/wallet/summary` is `wallet`. */
  tags?: string[]

  request?: {
    params?: RequestSchema
    query?: RequestSchema
    body?: RequestSchema
    multipart?: Schema
  }

  /** Successful answers by status. */
  responses: Record<number, Answer>

  /** Problems beyond those that follow from the rest of the contract. */
  errors?: ProblemCode[]

  /** Needs no signed-in user. */
  public?: boolean

  /** Honours `Idempotency-Key`. */
  idempotent?: boolean

  /** Carries an `ETag`; PATCH, PUT and DELETE honour `If-Match`. */
  etag?: boolean
}

const KEY = 'finora:operation'

/**
 * Declares the contract of a controller method. The API document is generated
 * from it, and the functional suite holds every answer against it.
 */
export function operation(contract: Operation) {
  return (controller: object, method: string): void => {
    Reflect.defineMetadata(KEY, contract, controller, method)
  }
}

/** The contract of a controller's method, if it declares one. */
export function operationOf(controller: Function, method: string): Operation | undefined {
  return Reflect.getMetadata(KEY, controller.prototype, method)
}
