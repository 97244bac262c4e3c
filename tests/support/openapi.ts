import { describeRoutes } from '#core/openapi/published_document'
import { ContractChecker, type Answer } from '#tests/support/contract_checker'
import { ApiClient, type ApiResponse } from '@japa/api-client'
import type { PluginFn } from '@japa/runner/types'

let checker: Promise<ContractChecker> | undefined

/** The checker of this application's own document, made once. */
export function contractChecker(): Promise<ContractChecker> {
  checker ??= describeRoutes().then((document) => new ContractChecker(JSON.parse(document)))
  return checker
}

/** Japa plugin: every answer the API client gets is held against its contract. */
export function apiContract(): PluginFn {
  return () => {
    ApiClient.teardown(async (response) => {
      const contract = await contractChecker()
      contract.check(toAnswer(response))
    })
  }
}

function toAnswer(response: ApiResponse): Answer {
  const { method, endpoint } = response.request.config
  const url = response.redirects().at(-1) ?? endpoint
  return {
    method,
    path: new URL(url, 'http://localhost').pathname,
    status: response.status(),
    headers: response.headers(),
    text: response.text() ?? '',
  }
}
