import { describeApi } from '#core/openapi/document'
import { operation } from '#core/openapi/operation'
import { id, list, minor, resource } from '#core/openapi/schema'
import type { DocumentedRoute } from '#core/openapi/endpoints'
import { test } from '@japa/runner'
import { Validator } from '@seriousme/openapi-schema-validator'
import vine from '@vinejs/vine'

const potSchema = resource('Pot', { id: id(), balance: minor() })

const storePot = vine.create({ name: vine.string().maxLength(80) })
const listPots = vine.create({ limit: vine.number().withoutDecimals().range([1, 200]).optional() })

class PotsController {
  @operation({
    summary: 'List pots',
    request: { query: listPots },
    responses: { 200: list(potSchema) },
  })
  index() {}

  @operation({
    summary: 'Open a pot',
    request: { body: storePot },
    responses: { 201: potSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  store() {}

  @operation({ summary: 'Close a pot', responses: { 204: null }, etag: true })
  destroy() {}

  @operation({ summary: 'Look from outside', responses: { 200: potSchema }, public: true })
  show() {}

  forgotten() {}
}

type Action = keyof PotsController

function route(methods: string[], pattern: string, action: Action): DocumentedRoute {
  const handler = {
    method: action,
    importExpression: null,
    reference: [PotsController, action] as [typeof PotsController, Action],
    handle: () => {},
  }
  return { methods, pattern, name: `api.v1.pots.${action}`, handler }
}

const index = route(['GET', 'HEAD'], '/api/v1/wallet/pots', 'index')
const store = route(['POST'], '/api/v1/wallet/pots', 'store')
const destroy = route(['DELETE'], '/api/v1/wallet/pots/:id', 'destroy')
const show = route(['GET', 'HEAD'], '/api/v1/wallet/pots/:id', 'show')
const forgotten = route(['GET', 'HEAD'], '/api/v1/wallet/forgotten', 'forgotten')

/** The route behind `middleware.auth({ guards: ['jwt', 'pat'] })`. */
function forPrograms(one: DocumentedRoute): DocumentedRoute {
  const used = new Set([{ name: 'auth', args: { guards: ['jwt', 'pat'] } }])
  return { ...one, middleware: { all: () => used } as never }
}

/** The operation of one route, with its responses by status. */
async function described(one: DocumentedRoute) {
  const document = await describeApi([one])
  const [methods] = Object.values(document.paths)
  const [first] = Object.values(methods)
  return first as Record<string, any>
}

test.group('OpenAPI / document', () => {
  test('is valid OpenAPI 3.1', async ({ assert }) => {
    const document = await describeApi([index, store, show, destroy])

    const result = await new Validator().validate(document)

    assert.deepEqual(result.errors ?? [], [])
    assert.equal(document.openapi, '3.1.1')
  })

  test('does not depend on order', async ({ assert }) => {
    const forwards = await describeApi([index, store, show, destroy])

    const backwards = await describeApi([destroy, show, store, index])

    assert.equal(JSON.stringify(backwards), JSON.stringify(forwards))
  })

  test('refuses routes without contract', async ({ assert }) => {
    await assert.rejects(
      () => describeApi([index, forgotten]),
      'Routes without a contract (declare @operation): GET /api/v1/wallet/forgotten'
    )
  })

  test('refuses closures in the API', async ({ assert }) => {
    const closure: DocumentedRoute = { ...index, handler: () => {} }

    await assert.rejects(() => describeApi([closure]), /GET \/api\/v1\/wallet\/pots/)
  })

  test('leaves out other paths', async ({ assert }) => {
    const outside = { ...forgotten, pattern: '/docs' }

    const document = await describeApi([index, outside])

    assert.deepEqual(Object.keys(document.paths), ['/api/v1/wallet/pots'])
  })

  test('refuses two operations of one name', async ({ assert }) => {
    const twin = { ...index, pattern: '/api/v1/wallet/jars' }

    await assert.rejects(() => describeApi([index, twin]), /both are "potsIndex"/)
  })

  test('loads lazy controllers', async ({ assert }) => {
    const handler = {
      method: 'index',
      importExpression: "() => import('#pots')",
      reference: [async () => ({ default: PotsController }), 'index'] as [any, string],
      handle: () => {},
    }

    const endpoint = await described({ ...index, handler })

    assert.equal(endpoint.summary, 'List pots')
  })

  test('tells methods of one route apart', async ({ assert }) => {
    const document = await describeApi([{ ...show, methods: ['PUT', 'PATCH'] }])

    const { put, patch } = document.paths['/api/v1/wallet/pots/{id}']

    assert.equal(put.operationId, 'potsShowPut')
    assert.equal(patch.operationId, 'potsShowPatch')
  })
})

test.group('OpenAPI / operation', () => {
  test('names, tags and path parameters', async ({ assert }) => {
    const endpoint = await described(destroy)

    assert.equal(endpoint.operationId, 'potsDestroy')
    assert.deepEqual(endpoint.tags, ['wallet'])
    assert.deepEqual(endpoint.parameters[0], {
      name: 'id',
      in: 'path',
      required: true,
      schema: { type: 'string', format: 'uuid' },
    })
  })

  test('turns query validators into parameters', async ({ assert }) => {
    const endpoint = await described(index)

    assert.deepEqual(endpoint.parameters, [
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200 } },
    ])
  })

  test('takes the body from the validator', async ({ assert }) => {
    const endpoint = await described(store)

    assert.deepEqual(endpoint.requestBody.content['application/json'].schema, {
      type: 'object',
      properties: { name: { type: 'string', maxLength: 80 } },
      required: ['name'],
      additionalProperties: false,
    })
  })

  test('implies problems from the contract', async ({ assert }) => {
    const operations = {
      index: await described(index),
      store: await described(store),
      destroy: await described(destroy),
      show: await described(show),
    }

    const statuses = Object.fromEntries(
      Object.entries(operations).map(([name, { responses }]) => [name, Object.keys(responses)])
    )

    assert.deepEqual(statuses, {
      index: ['200', '400', '401', '422', '429', '503'],
      store: ['201', '400', '401', '409', '413', '415', '422', '429', '503'],
      destroy: ['204', '400', '401', '404', '412', '413', '415', '429', '503'],
      show: ['200', '400', '404', '429', '503'],
    })
  })

  test('joins problems of one status', async ({ assert }) => {
    const document = await describeApi([store])

    const { responses } = document.paths['/api/v1/wallet/pots'].post as Record<string, any>

    assert.deepEqual(responses[409], {
      $ref: '#/components/responses/ConflictOrIdempotencyInProgress',
    })
    assert.property(document.components.responses, 'ConflictOrIdempotencyInProgress')
  })

  test('asks for tokens unless public', async ({ assert }) => {
    const document = await describeApi([index, show])

    const open = document.paths['/api/v1/wallet/pots/{id}'].get
    const closed = document.paths['/api/v1/wallet/pots'].get

    assert.deepEqual(document.security, [{ accessToken: [] }, { personalAccessToken: [] }])
    assert.deepEqual(open.security, [])
    assert.deepEqual(closed.security, [{ accessToken: [] }])
  })

  test('says where programs may write', async ({ assert }) => {
    const [reading, writing] = [
      await described(forPrograms(index)),
      await described(forPrograms(store)),
    ]

    assert.notProperty(reading, 'security')
    assert.notProperty(writing, 'security')
    assert.notProperty(reading.responses, '403')
    assert.property(writing.responses, '403')
  })

  test('announces versions and idempotency', async ({ assert }) => {
    const created = await described(store)
    const deleted = await described(destroy)

    assert.containsSubset(created.parameters, [{ $ref: '#/components/parameters/IdempotencyKey' }])
    assert.containsSubset(deleted.parameters, [{ $ref: '#/components/parameters/IfMatch' }])
    assert.includeMembers(Object.keys(created.responses[201].headers), [
      'ETag',
      'Idempotency-Replayed',
    ])
    assert.notProperty(deleted.responses[204].headers, 'ETag')
  })
})
