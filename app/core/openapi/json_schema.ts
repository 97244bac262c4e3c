import { isDeepStrictEqual } from 'node:util'
import { COMPONENT, type Schema } from '#core/openapi/schema'

type Json = unknown
type JsonObject = Record<string, Json>

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const APPLICATORS = ['additionalProperties', 'items', 'not', 'anyOf', 'allOf', 'oneOf']
const MAPS = ['properties', 'patternProperties', '$defs']

/**
 * Rewrites VineJS's JSON Schema (draft-07) as 2020-12: tuples become
 * `prefixItems`, an enumeration says its type, and what says nothing (`$schema`,
 * an empty `required`) goes.
 *
 * @see https://json-schema.org/draft/2020-12/release-notes
 */
export function modernize(schema: Json): Json {
  if (Array.isArray(schema)) {
    return schema.map(modernize)
  }
  if (!isObject(schema)) {
    return schema
  }

  const { $schema, ...keywords } = schema
  if (Array.isArray(keywords.items)) {
    keywords.prefixItems = keywords.items.map(modernize)
    keywords.items = keywords.additionalItems ?? true
    delete keywords.additionalItems
  }
  if (Array.isArray(keywords.required) && keywords.required.length === 0) {
    delete keywords.required
  }
  if (isWordList(keywords.enum)) {
    keywords.type ??= 'string'
  }
  return Object.fromEntries(
    Object.entries(keywords).map(([key, value]) => [key, modernizeKeyword(key, value)])
  )
}

function modernizeKeyword(key: string, value: Json): Json {
  if (MAPS.includes(key) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [name, modernize(schema)])
    )
  }
  return APPLICATORS.includes(key) ? modernize(value) : value
}

function isWordList(values: Json): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === 'string')
}

/**
 * Collects named schemas: each is kept once, under its name, and every place
 * that uses it refers to it.
 */
export class Components {
  #sources = new Map<string, Schema>()
  #schemas = new Map<string, Json>()

  /**
   * The schema with every named part replaced by a reference.
   *
   * @throws when two different schemas carry one name
   */
  refer(schema: Json): Json {
    if (Array.isArray(schema)) {
      return schema.map((part) => this.refer(part))
    }
    if (!isObject(schema)) {
      return schema
    }
    const name = (schema as Schema)[COMPONENT]
    return name === undefined ? this.#referParts(schema) : this.#keep(name, schema)
  }

  /** The kept schemas by name, in alphabetical order. */
  toJSON(): JsonObject {
    const entries = [...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries)
  }

  #keep(name: string, schema: Schema): Json {
    const known = this.#sources.get(name)
    if (known === undefined) {
      this.#sources.set(name, schema)
      this.#schemas.set(name, this.#referParts(schema))
    } else if (!isDeepStrictEqual(known, schema)) {
      throw new Error(`Two different schemas are called "${name}" in the API document`)
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  #referParts(schema: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, this.refer(part)]))
  }
}
