/*
|--------------------------------------------------------------------------
| HTTP kernel
|--------------------------------------------------------------------------
|
| What runs around every request, and the named middleware that routes choose
| from. Session, CSRF protection and static files belong to the console alone.
|
*/
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#core/http/exception_handler'))

/** Around everything, unknown paths included. */
server.use([
  () => import('#core/http/request_id_middleware'),
  () => import('#core/http/request_log_middleware'),
  () => import('#core/http/security_headers_middleware'),
  () => import('@adonisjs/cors/cors_middleware'),
])

/** Around every route. */
router.use([
  () => import('#core/http/initialize_auth_middleware'),
  () => import('#core/http/input_middleware'),
])

export const middleware = router.named({
  auth: () => import('#core/http/auth_middleware'),
  accepts: () => import('#core/http/body/accepts_middleware'),
  idempotent: () => import('#core/http/idempotency_middleware'),
})
