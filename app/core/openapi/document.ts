import { openapi } from '#config/openapi'
import { headers, parameters, problemResponse, securitySchemes } from '#core/openapi/components'
import { endpointsOf, type DocumentedRoute, type Endpoint } from '#core/openapi/endpoints'
import { Components } from '#core/openapi/json_schema'
import {
  describeAnswers,
  describeRequest,
  moduleOf,
  problemsOf,
  type Problems,
} from '#core/openapi/operation_object'
import type { Keywords } from '#core/openapi/schema'

/** An OpenAPI 3.1 document: plain JSON. */
export type ApiDocument = {
  openapi: string
  info: Keywords
  tags: { name: string; description?: string }[]
  paths: Record<string, Record<string, Keywords>>
  components: Record<string, Keywords>
} & Keywords

/**
 * The OpenAPI 3.1 document of these routes. The same routes give the same
 * document, in whatever order they were declared.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 * @throws when a route of the API declares no contract, or two operations or
 * schemas share a name
 */
export async function describeApi(routes: DocumentedRoute[]): Promise<ApiDocument> {
  const endpoints = await endpointsOf(routes)
  refuseTwins(endpoints)

  const schemas = new Components()
  const problemGroups = new Map<string, Problems>()
  const paths: ApiDocument['paths'] = {}
  for (const endpoint of endpoints) {
    const groups = problemsOf(endpoint)
    groups.forEach((group) => problemGroups.set(responseName(group), group))
    paths[endpoint.path] ??= {}
    paths[endpoint.path][endpoint.method] = schemas.refer({
      ...describeRequest(endpoint),
      responses: { ...describeAnswers(endpoint), ...problemRefs(groups) },
    }) as Keywords
  }

  const responses = problemResponses(problemGroups, schemas)
  return {
    openapi: '3.1.1',
    info: openapi.info,
    servers: openapi.servers,
    tags: usedTags(endpoints),
    security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] })),
    paths,
    components: {
      schemas: schemas.toJSON(),
      responses,
      parameters,
      headers,
      securitySchemes,
    },
  }
}

function refuseTwins(endpoints: Endpoint[]): void {
  const byId = Map.groupBy(endpoints, ({ operationId }) => operationId)
  for (const [id, twins] of byId) {
    if (twins.length > 1) {
      const paths = twins.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
      throw new Error(`Name these routes apart, both are "${id}": ${paths.join(', ')}`)
    }
  }
}

function responseName({ codes }: Problems): string {
  return codes.join('Or')
}

function problemRefs(groups: Problems[]): Keywords {
  return Object.fromEntries(
    groups.map((group) => [group.status, { $ref: `#/components/responses/${responseName(group)}` }])
  )
}

function problemResponses(groups: Map<string, Problems>, schemas: Components): Keywords {
  const names = [...groups.keys()].sort()
  return Object.fromEntries(
    names.map((name) => [name, schemas.refer(problemResponse(groups.get(name)!.codes))])
  )
}

function usedTags(endpoints: Endpoint[]): ApiDocument['tags'] {
  const used = new Set(endpoints.flatMap(({ path, contract }) => contract.tags ?? moduleOf(path)))
  const known = openapi.tags.filter(({ name }) => used.delete(name))
  return [...known, ...[...used].sort().map((name) => ({ name }))]
}
