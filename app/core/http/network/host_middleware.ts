import { hosts } from '#config/app'
import { isProbe } from '#core/http/network/probes'
import { MalformedRequest } from '#core/http/problem'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * Answers only under Finora's own names, so that neither a page whose name was
 * pointed at this machine (DNS rebinding) nor a forged `Host` gets anywhere.
 * Orchestrators ask probes by address.
 */
export default class HostMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const name = request.hostname()?.toLowerCase() ?? ''
    if (!hosts.has(name) && !isProbe(request)) {
      throw new MalformedRequest('This server does not answer under that host name.')
    }
    return next()
  }
}
