import { rates } from '#config/limits'
import { RateLimited } from '#core/http/problem'
import { ExactLimit } from '#core/http/limits/exact_limit'
import { GenerousLimit } from '#core/http/limits/generous_limit'
import type { Standing } from '#core/http/limits/window'
import type { HttpContext } from '@adonisjs/core/http'

/** Every class of limit there is. */
export const limits = {
  ip: new GenerousLimit('ip', rates.ip),
  api: new GenerousLimit('api', rates.api),
  auth: new ExactLimit('auth', rates.auth),
  imports: new ExactLimit('imports', rates.imports),
  files: new ExactLimit('files', rates.files),
  ai: new ExactLimit('ai', rates.ai),
}

/**
 * Says in the answer where the client stands; of several limits, with the one that
 * ends first.
 *
 * @throws RateLimited when the request is one too many
 */
export function holdTo(standing: Standing, ctx: HttpContext) {
  if (ctx.standing && ctx.standing.remaining <= standing.remaining && !standing.isOver) return

  ctx.standing = standing
  const headers = {
    'RateLimit-Limit': String(standing.limit),
    'RateLimit-Remaining': String(standing.remaining),
    'RateLimit-Reset': String(standing.reset),
  }
  if (standing.isOver)
    throw new RateLimited({ ...headers, 'Retry-After': headers['RateLimit-Reset'] })
  for (const [name, value] of Object.entries(headers)) ctx.response.header(name, value)
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** With the limit that this request has come closest to. */
    standing?: Standing
  }
}
