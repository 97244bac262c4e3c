import { describeRoutes } from '#core/openapi/published_document'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { Validator } from '@seriousme/openapi-schema-validator'
import { contractChecker } from '#tests/support/openapi'

test.group('Docs / contract', () => {
  test('describes every route of the API', async ({ assert }) => {
    const document = JSON.parse(await describeRoutes())

    const described = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
    )

    const routes = Object.values(router.toJSON())
      .flat()
      .filter(({ pattern }) => /^\/(api\/v1|health)(\/|$)/.test(pattern))
      .flatMap(({ methods, pattern }) =>
        methods
          .filter((method) => method !== 'HEAD')
          .map((method) => `${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`)
      )
    assert.isNotEmpty(routes)
    assert.sameMembers(described, routes)
  })

  test('is valid OpenAPI 3.1', async ({ assert }) => {
    const document = JSON.parse(await describeRoutes())

    const result = await new Validator().validate(document)

    assert.deepEqual(result.errors ?? [], [])
    assert.isTrue(result.valid)
  })

  test('has sound response schemas', async ({ assert }) => {
    const checker = await contractChecker()

    assert.deepEqual(checker.unsoundSchemas(), [])
  })
})
