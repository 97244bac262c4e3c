import type { HttpContext } from '@adonisjs/core/http'
import { metricsToken } from '#config/metrics'
import { assertMayRead } from '#core/metrics/access'

export default class MetricsController {
  /** Prometheus text. Not part of the API: what may read it is in core/metrics/access. */
  async show({ request, response }: HttpContext) {
    assertMayRead(request, metricsToken?.release())
    const { registry } = await import('#core/metrics/registry')
    response.header('cache-control', 'no-store').header('content-type', registry.contentType)
    return response.send(await registry.metrics())
  }
}
