/** A JSON Schema, as far as samples are made from it. */
export interface Schema {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  minimum?: number
  minLength?: number
  maxLength?: number
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
}

/** What may fit a pattern; a pattern that none of them fits is told. */
const TEXTS = ['EUR', '#aabbcc', 'tag', '2026-01', '1.5', 'de-CH', '123456', '07:30', 'Sample text']

/**
 * A value that the schema describes, with every property in it. Ids are what
 * `idOf` gives for the name of the field they stand in.
 *
 * @throws when nothing is known that the schema describes
 */
export function sample(schema: Schema, idOf: (field: string) => string, field = ''): unknown {
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return sample(alternatives[0], idOf, field)
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]

  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [
          name,
          sample(property, idOf, name),
        ])
      )
    case 'array':
      return list(schema.items ?? {}, idOf, field)
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1)
    case 'boolean':
      return false
    case 'string':
      return text(schema, idOf, field)
  }
  throw new Error(`no sample for ${field || 'a body'}: ${JSON.stringify(schema)}`)
}

/** One of each kind that the list may hold. */
function list(items: Schema, idOf: (field: string) => string, field: string) {
  const kinds = items.anyOf ?? items.oneOf ?? [items]
  return kinds.map((kind) => sample(kind, idOf, field))
}

function text(
  { format, pattern, minLength = 0, maxLength }: Schema,
  idOf: (field: string) => string,
  field: string
) {
  switch (format) {
    case 'uuid':
      return idOf(field)
    case 'date':
      return '2026-01-15'
    case 'date-time':
      return '2026-01-15T12:00:00Z'
    case 'email':
      return 'somebody@example.com'
    case 'uri':
      return 'https://example.com/'
  }
  if (/timezone/i.test(field)) return 'Europe/Zurich'
  const fitting = TEXTS.find((each) => pattern && new RegExp(pattern, 'u').test(each))
  if (pattern && fitting === undefined) throw new Error(`no sample for ${field}: ${pattern}`)
  return fitting ?? 'Sample text'.padEnd(minLength, '.').slice(0, maxLength)
}
