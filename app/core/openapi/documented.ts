import vine from '@vinejs/vine'
import type { Keywords } from '#core/openapi/schema'

/**
 * A rule that refuses nothing and adds keywords to the field's JSON Schema:
 * `vine.date().use(documented({ type: 'string', format: 'date' }))`.
 *
 * It stands in for VineJS's `.meta()`, which also makes the field accept null
 * (4.4.0, `MetaModifier[PARSE]`).
 */
export const documented = vine.createRule<Keywords>(() => {}, {
  toJSONSchema: (schema, keywords) => Object.assign(schema, keywords),
})
