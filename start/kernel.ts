/*
|--------------------------------------------------------------------------
| HTTP kernel
|--------------------------------------------------------------------------
|
| What runs around every request, and the named middleware that routes choose
| from. Session, CSRF protection and static files belong to the console alone.
|
*/
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { chained } from '#core/http/chained'
import { shareAmongRequests } from '#core/http/share_among_requests'
import { controllers } from '#generated/controllers'

server.errorHandler(() => import('#core/http/exception_handler'))

/** Around everything, unknown paths included. */
const outer = [
  () => import('#core/http/request_id_middleware'),
  () => import('#core/http/request_log_middleware'),
  () => import('#core/http/security_headers_middleware'),
  () => import('#core/http/network/host_middleware'),
  () => import('@adonisjs/cors/cors_middleware'),
  () => import('#core/http/limits/client_limit_middleware'),
]

/** Around every route. */
const inner = [
  () => import('#core/http/initialize_auth_middleware'),
  () => import('#core/http/input_middleware'),
]

/** Around the routes that ask for it. */
const named = {
  auth: () => import('#core/http/auth_middleware'),
  can: () => import('#core/authorization/can_middleware'),
  limit: () => import('#core/http/limits/limit_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  accepts: () => import('#core/http/body/accepts_middleware'),
  idempotent: () => import('#core/http/idempotency_middleware'),
}

server.use([chained(outer)])
router.use([chained(inner)])
export const middleware = router.named(named)

/** Neither these nor controllers keep anything of a request: one of each serves all. */
app.ready(() => shareAmongRequests(app, Object.values(named), controllers))
