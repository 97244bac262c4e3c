/**
 * Builders of JSON Schema 2020-12 for what the API answers. They are written
 * beside a transformer, so the shape and the code that produces it are read
 * together:
 *
 * ```ts
 * export const accountSchema = resource('Account', {
 *   id: id(),
 *   balance: minor({ description: 'Opening balance and every booking' }),
 *   archivedAt: nullable(instant()),
 * })
 * ```
 *
 * Every builder takes further keywords (`description`, `examples`, bounds).
 */

/** Marks a schema that the document keeps once, under its name, and refers to. */
export const COMPONENT = Symbol('openapi component')

declare const JSON_TYPE: unique symbol

/** Any keywords of JSON Schema 2020-12. */
export type Keywords = Readonly<Record<string, unknown>>

/** A JSON Schema for values that TypeScript knows as `T`. */
export type Schema<T = unknown> = Keywords & {
  readonly [COMPONENT]?: string
  readonly [JSON_TYPE]?: T
}

/** The type a schema describes: `Json<typeof accountSchema>`. */
export type Json<S extends Schema> = S extends Schema<infer T> ? T : never

type Properties = Record<string, Schema>
type JsonObject<P extends Properties> = { [K in keyof P]: Json<P[K]> }

/** An object with exactly these properties, each of them present. */
export function object<P extends Properties>(
  properties: P,
  keywords: Keywords = {}
): Schema<JsonObject<P>> {
  return {
    type: 'object',
    ...keywords,
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

/** An object that the document lists by name; names are unique in the API. */
export function resource<P extends Properties>(
  name: string,
  properties: P,
  keywords: Keywords = {}
): Schema<JsonObject<P>> {
  return named(name, object(properties, keywords))
}

/** Gives any schema a place of its own in the document. */
export function named<T>(name: string, schema: Schema<T>): Schema<T> {
  return Object.defineProperty({ ...schema }, COMPONENT, { value: name })
}

/** One page of a list, as every list of the API is answered. */
export function list<T>(item: Schema<T>): Schema<{
  data: T[]
  meta: { nextCursor: string | null }
}> {
  return object({
    data: array(item),
    meta: object({
      nextCursor: nullable(text({ description: 'Pass as `cursor` for the next page' })),
    }),
  })
}

/** An object whose keys are not known beforehand. */
export function map<T>(values: Schema<T>, keywords: Keywords = {}): Schema<Record<string, T>> {
  return { type: 'object', ...keywords, additionalProperties: values }
}

export function array<T>(items: Schema<T>, keywords: Keywords = {}): Schema<T[]> {
  return { type: 'array', ...keywords, items }
}

/** The schema or null. */
export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  if (schema[COMPONENT] || typeof schema.type !== 'string') {
    return { anyOf: [schema, { type: 'null' }] }
  }
  const values = Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}
  return { ...schema, type: [schema.type, 'null'], ...values }
}

/** Exactly one of the schemas fits. */
export function oneOf<S extends Schema>(...schemas: S[]): Schema<Json<S>> {
  return { oneOf: schemas }
}

export function text(keywords: Keywords = {}): Schema<string> {
  return { type: 'string', ...keywords }
}

export function boolean(keywords: Keywords = {}): Schema<boolean> {
  return { type: 'boolean', ...keywords }
}

export function integer(keywords: Keywords = {}): Schema<number> {
  return { type: 'integer', ...keywords }
}

/** A number that is no money and no quantity: a progress from 0 to 1, a percentile. */
export function number(keywords: Keywords = {}): Schema<number> {
  return { type: 'number', ...keywords }
}

/** One of a fixed set of words. */
export function enumOf<const T extends string>(
  values: readonly T[],
  keywords: Keywords = {}
): Schema<T> {
  return { type: 'string', ...keywords, enum: [...values] }
}

/** A UUIDv7. */
export function id(keywords: Keywords = {}): Schema<string> {
  return text({ format: 'uuid', ...keywords })
}

/** A moment: RFC 3339 in UTC, ending in `Z`. */
export function instant(keywords: Keywords = {}): Schema<string> {
  return text({ format: 'date-time', pattern: 'Z$', ...keywords })
}

/** A calendar day, `YYYY-MM-DD`. */
export function day(keywords: Keywords = {}): Schema<string> {
  return text({ format: 'date', ...keywords })
}

/** A calendar month, `YYYY-MM`. */
export function month(keywords: Keywords = {}): Schema<string> {
  return text({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', ...keywords })
}

/** Money in minor units of the currency beside it (−1299 with EUR is −12.99 €). */
export function minor(keywords: Keywords = {}): Schema<number> {
  return integer({
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    ...keywords,
  })
}

/** An ISO 4217 code. */
export function currency(keywords: Keywords = {}): Schema<string> {
  return text({ pattern: '^[A-Z]{3}$', examples: ['EUR'], ...keywords })
}

/** An exact decimal as a string: quantities, unit prices, rates, ratios. */
export function decimal(keywords: Keywords = {}): Schema<string> {
  return text({ pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$', examples: ['0.00420000'], ...keywords })
}

/** The bytes of an upload, as a part of a multipart body. */
export function file(keywords: Keywords = {}): Schema<string> {
  return text({ format: 'binary', contentMediaType: 'application/octet-stream', ...keywords })
}
