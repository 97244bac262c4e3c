import { documented } from '#core/openapi/documented'
import { Components, modernize } from '#core/openapi/json_schema'
import { enumOf, id, nullable, object, resource, text } from '#core/openapi/schema'
import { test } from '@japa/runner'
import vine from '@vinejs/vine'

test.group('OpenAPI / JSON Schema 2020-12', () => {
  test('writes tuples as prefixItems', ({ assert }) => {
    const pair = vine.create(vine.tuple([vine.string(), vine.number()]))

    const schema = modernize(pair.toJSONSchema())

    assert.deepEqual(schema, {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: false,
      prefixItems: [{ type: 'string' }, { type: 'number' }],
    })
  })

  test('gives enumerations their type', ({ assert }) => {
    const validator = vine.create({ kind: vine.enum(['in', 'out']).optional() })

    const schema = modernize(validator.toJSONSchema())

    assert.deepEqual(schema, {
      type: 'object',
      properties: { kind: { enum: ['in', 'out'], type: 'string' } },
      additionalProperties: false,
    })
  })

  test('leaves properties named like keywords', ({ assert }) => {
    const properties = { items: { type: 'string' }, required: { type: 'boolean' } }

    const schema = modernize({ type: 'object', properties, required: ['items'] })

    assert.deepEqual(schema, { type: 'object', properties, required: ['items'] })
  })

  test('documents without loosening validation', async ({ assert }) => {
    const day = vine.date({ formats: ['YYYY-MM-DD'] })
    const validator = vine.create({ on: day.use(documented({ type: 'string', format: 'date' })) })

    const schema = validator.toJSONSchema()
    const [error] = await validator.tryValidate({ on: null })

    assert.deepEqual(schema.properties, { on: { type: 'string', format: 'date' } })
    assert.isNotNull(error)
  })
})

test.group('OpenAPI / components', () => {
  test('keeps named schemas once', ({ assert }) => {
    const pet = resource('Pet', { id: id() })
    const components = new Components()

    const reference = components.refer(object({ first: pet, second: nullable(pet) }))

    assert.deepEqual(components.toJSON(), {
      Pet: {
        type: 'object',
        properties: { id: { type: 'string', format: 'uuid' } },
        required: ['id'],
        additionalProperties: false,
      },
    })
    assert.containsSubset(reference, {
      properties: {
        first: { $ref: '#/components/schemas/Pet' },
        second: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'null' }] },
      },
    })
  })

  test('refers from inside components', ({ assert }) => {
    const owner = resource('Owner', { name: text() })
    const pet = resource('Pet', { owner })
    const components = new Components()

    components.refer(pet)

    assert.containsSubset(components.toJSON(), {
      Pet: { properties: { owner: { $ref: '#/components/schemas/Owner' } } },
      Owner: { properties: { name: { type: 'string' } } },
    })
  })

  test('refuses two schemas of one name', ({ assert }) => {
    const components = new Components()
    components.refer(resource('Pet', { id: id() }))

    assert.throws(
      () => components.refer(resource('Pet', { name: text() })),
      'Two different schemas are called "Pet" in the API document'
    )
  })

  test('allows null among words', ({ assert }) => {
    const schema = nullable(enumOf(['in', 'out']))

    assert.deepEqual(schema, { type: ['string', 'null'], enum: ['in', 'out', null] })
  })
})
