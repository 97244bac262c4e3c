import { describeApi } from '#core/openapi/document'
import { operation } from '#core/openapi/operation'
import { array, id, minor, resource, text } from '#core/openapi/schema'
import { ContractChecker, type Answer } from '#tests/support/contract_checker'
import { test } from '@japa/runner'

const jarSchema = resource('Jar', { id: id(), balance: minor() })

class JarsController {
  @operation({
    summary: 'Read a jar',
    responses: {
      200: jarSchema,
      203: {
        schema: text(),
        contentType: 'text/csv',
        alternatives: { 'application/json': array(jarSchema) },
      },
      204: null,
    },
  })
  show() {}
}

const jar = { id: '019a8f00-0000-7000-8000-000000000000', balance: -1299 }

/** What every answer of the API carries. */
const always = {
  'x-request-id': 'abc',
  'ratelimit-limit': '600',
  'ratelimit-remaining': '599',
  'ratelimit-reset': '60',
}

async function check(answer: Partial<Answer> & { body?: unknown }) {
  const document = await describeApi([
    {
      methods: ['GET', 'HEAD'],
      pattern: '/api/v1/wallet/jars/:id',
      name: 'api.v1.jars.show',
      handler: {
        method: 'show',
        importExpression: null,
        reference: [JarsController, 'show'],
        handle: () => {},
      },
    },
  ])
  const { body, ...rest } = answer
  new ContractChecker(document).check({
    method: 'GET',
    path: '/api/v1/wallet/jars/7',
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...always },
    text: body === undefined ? '' : JSON.stringify(body),
    ...rest,
  })
}

const problem = {
  type: 'urn:finora:problem:not-found',
  title: 'Not found',
  status: 404,
  instance: '/api/v1/wallet/jars/7',
  code: 'NotFound',
  requestId: 'abc',
}
const problemHeaders = { 'content-type': 'application/problem+json', ...always }

test.group('OpenAPI / contract checker', () => {
  test('accepts what the contract says', async ({ assert }) => {
    await assert.doesNotReject(() => check({ body: jar }))
    await assert.doesNotReject(() => check({ status: 204 }))
    await assert.doesNotReject(() => check({ status: 404, body: problem, headers: problemHeaders }))
  })

  test('accepts each of its content types', async ({ assert }) => {
    const csv = { 'content-type': 'text/csv', ...always }

    await assert.doesNotReject(() => check({ status: 203, text: 'id', headers: csv }))
    await assert.doesNotReject(() => check({ status: 203, body: [jar] }))
    await assert.rejects(() => check({ status: 203, body: jar }), /must be array/)
  })

  test('refuses {reason}')
    .with([
      {
        reason: 'another status',
        answer: { status: 302 },
        error: /jarsShow .* 302 is not in the contract/,
      },
      {
        reason: 'a field too many',
        answer: { body: { ...jar, secret: 1 } },
        error: /jarsShow .* 200 breaks its contract[\s\S]*secret/,
      },
      {
        reason: 'a field too few',
        answer: { body: { id: jar.id } },
        error: /must have required property 'balance'/,
      },
      {
        reason: 'money as a fraction',
        answer: { body: { ...jar, balance: 12.99 } },
        error: /\/balance must be integer/,
      },
      {
        reason: 'another content type',
        answer: { text: 'id', headers: { 'content-type': 'text/csv', ...always } },
        error: /should be application\/json and is text\/csv/,
      },
      {
        reason: 'a body where none belongs',
        answer: { status: 204, body: jar },
        error: /should have no body/,
      },
      {
        reason: 'a missing header',
        answer: { body: jar, headers: { 'content-type': 'application/json' } },
        error: /lacks the header X-Request-Id/,
      },
      {
        reason: 'a problem of another code',
        answer: {
          status: 404,
          body: { ...problem, code: 'Lost' },
          headers: problemHeaders,
        },
        error: /\/code must be equal to one of the allowed values/,
      },
      {
        reason: 'success without a contract',
        answer: { path: '/api/v1/wallet/bottles', body: jar },
        error: /which has no contract, answered 200/,
      },
    ])
    .run(async ({ assert }, { answer, error }) => {
      await assert.rejects(() => check(answer), error)
    })
})
