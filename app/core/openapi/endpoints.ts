import { openapi } from '#config/openapi'
import { operationOf, type Operation } from '#core/openapi/operation'
import type { Constructor, LazyImport } from '@adonisjs/core/types/common'
import type { RouteJSON } from '@adonisjs/core/types/http'
import is from '@adonisjs/core/helpers/is'
import stringHelpers from '@adonisjs/core/helpers/string'

/** What the document needs to know of a route. */
export type DocumentedRoute = Pick<RouteJSON, 'pattern' | 'methods' | 'name' | 'handler'> &
  Partial<Pick<RouteJSON, 'middleware'>>

/** One method of one path, with the contract its controller declares. */
export type Endpoint = {
  method: string
  path: string
  params: string[]
  operationId: string

  /** Whether programs may call it, with a personal access token. */
  takesPersonalTokens: boolean
  contract: Operation
}

/**
 * The endpoints of the API, by path and method.
 *
 * @throws when a route of the API has no contract, naming each of them
 */
export async function endpointsOf(routes: DocumentedRoute[]): Promise<Endpoint[]> {
  const documented = routes.filter((route) => isDocumented(route.pattern))
  const found = await Promise.all(documented.map(withContract))
  const missing = found.filter(({ contract }) => contract === undefined)
  if (missing.length > 0) {
    const names = missing.map(({ route }) => `${route.methods[0]} ${route.pattern}`).sort()
    throw new Error(`Routes without a contract (declare @operation): ${names.join(', ')}`)
  }

  return found
    .flatMap(({ route, contract }) => toEndpoints(route, contract!))
    .sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method))
}

/** Does this path belong to the API that the document describes? */
export function isDocumented(path: string): boolean {
  return openapi.documented.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
}

async function withContract(route: DocumentedRoute) {
  return { route, contract: await contractOf(route.handler) }
}

async function contractOf(handler: RouteJSON['handler']): Promise<Operation | undefined> {
  if (typeof handler === 'function' || typeof handler.reference === 'string') {
    return undefined
  }
  const [reference] = handler.reference
  const controller = is.class(reference)
    ? reference
    : await (reference as LazyImport<Constructor<object>>)().then((module) => module.default)
  return operationOf(controller, handler.method)
}

function toEndpoints(route: DocumentedRoute, contract: Operation): Endpoint[] {
  const methods = route.methods.filter((method) => method !== 'HEAD')
  return methods.map((method) => ({
    method: method.toLowerCase(),
    path: route.pattern.replace(/:(\w+)/g, '{$1}'),
    params: [...route.pattern.matchAll(/:(\w+)/g)].map(([, name]) => name),
    takesPersonalTokens: guardsOf(route).includes('pat'),
    operationId: operationId(route, methods.length > 1 ? method : ''),
    contract,
  }))
}

/** What `middleware.auth({ guards })` of the route names. */
function guardsOf({ middleware }: DocumentedRoute): string[] {
  return [...(middleware?.all() ?? [])].flatMap((entry) => {
    if (typeof entry === 'function' || entry.name !== 'auth') return []
    const options: { guards?: string[] } = Object(entry.args)
    return options.guards ?? []
  })
}

function operationId({ name, pattern }: DocumentedRoute, suffix: string): string {
  const known = (name ?? pattern).replace(openapi.namePrefix, '')
  return stringHelpers.camelCase(suffix ? `${known}.${suffix.toLowerCase()}` : known)
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0
  }
  return a < b ? -1 : 1
}
