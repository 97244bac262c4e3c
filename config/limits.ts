import env from '#start/env'
import { rate } from '#core/http/limits/rate'

/*
|--------------------------------------------------------------------------
| Rate limits
|--------------------------------------------------------------------------
|
| How often a client may ask, by class of endpoint; routes name theirs with
| `middleware.limit(…)`. Each is a setting, written `20/hour`. A person is counted
| by their user id, whoever isn't signed in by address, IPv6 by its /64.
|
*/
export const rates = {
  /** Questions to the assistant, by user: each costs money. */
  ai: rate('RATE_LIMIT_AI', env.get('RATE_LIMIT_AI') ?? '20/hour'),

  /** Signing in and up, resetting and verifying: by address, and by e-mail address. */
  auth: rate('RATE_LIMIT_AUTH', env.get('RATE_LIMIT_AUTH') ?? '10/minute'),

  /** Bank files, by user: each is read row by row. */
  imports: rate('RATE_LIMIT_IMPORTS', env.get('RATE_LIMIT_IMPORTS') ?? '60/hour'),

  /** Uploads, by user. */
  files: rate('RATE_LIMIT_FILES', env.get('RATE_LIMIT_FILES') ?? '60/hour'),

  /** Everything that asks for a sign-in, by user. */
  api: rate('RATE_LIMIT_API', env.get('RATE_LIMIT_API') ?? '600/minute'),

  /** Everything, by address; behind all others. */
  ip: rate('RATE_LIMIT_IP', env.get('RATE_LIMIT_IP') ?? '1200/minute'),
}
