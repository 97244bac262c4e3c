import type { HttpRequest } from '@adonisjs/core/http'

const PROBES = /^\/(?:health|metrics)(?:\/|$)/

/** What orchestrators and Prometheus ask, often and by address. */
export function isProbe(request: HttpRequest): boolean {
  return PROBES.test(request.url())
}
