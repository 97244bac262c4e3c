import { Counter, Histogram } from 'prom-client'
import type { HttpContext } from '@adonisjs/core/http'
import { registry } from '#core/metrics/registry'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const labelNames = ['method', 'route', 'status'] as const

const requests = new Counter({
  name: 'http_requests_total',
  help: 'Requests answered, by the pattern of their route.',
  labelNames,
  registers: [registry],
})

const errors = new Counter({
  name: 'http_errors_total',
  help: 'Requests answered with a status from 400 on.',
  labelNames,
  registers: [registry],
})

const durations = new Histogram({
  name: 'http_request_duration_ms',
  help: 'Milliseconds from the head of a request to the end of its answer.',
  labelNames: ['method', 'route'],
  buckets: [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000],
  registers: [registry],
})

interface Measures {
  request: Counter.Internal
  error?: Counter.Internal
  duration: Histogram.Internal<string>
}

/** Of each method, route and status, so that a request needn't look its labels up. */
const measured = new Map<string, Measures>()

/**
 * Counts a request that was answered. What clients make up is no label: paths
 * without a route are `unmatched`, methods nobody knows `other`.
 *
 * @param duration milliseconds
 */
export function countRequest({ request, route }: HttpContext, status: number, duration: number) {
  const spoken = request.method()
  const method = METHODS.has(spoken) ? spoken : 'other'
  const pattern = route?.pattern ?? 'unmatched'
  const key = `${method} ${pattern} ${status}`

  let measures = measured.get(key)
  if (!measures) {
    const labels = { method, route: pattern, status: String(status) }
    measures = {
      request: requests.labels(labels),
      error: status >= 400 ? errors.labels(labels) : undefined,
      duration: durations.labels({ method, route: pattern }),
    }
    measured.set(key, measures)
  }
  measures.request.inc()
  measures.error?.inc()
  measures.duration.observe(duration)
}
