import type { Test } from '@japa/runner/core'
import type { AddressInfo } from 'node:net'
import { createServer, type Server as NodeServer } from 'node:http'
import { ServerFactory } from '@adonisjs/core/factories/http'
import app from '@adonisjs/core/services/app'
import type { HttpContext, Router } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { refuseBadUrl } from '#core/http/bad_url'

/** Signs in whoever the test names. */
async function signIn(ctx: HttpContext, next: NextFn) {
  const id = ctx.request.header('x-test-user')
  ctx.auth = { user: id === undefined ? undefined : { id } } as unknown as HttpContext['auth']
  return next()
}

/**
 * A real HTTP server with the middleware of start/kernel around routes that only
 * the test knows, so that the application's own routes stay as they are.
 */
export async function serve(
  test: Pick<Test, 'cleanup'>,
  routes: (router: Router, use: Use) => void
) {
  const encryption = await app.container.make('encryption')
  const server = new ServerFactory()
    .merge({
      app,
      logger: await app.container.make('logger'),
      encryption: encryption.use(),
      config: { generateRequestId: false, onBadUrl: refuseBadUrl },
    })
    .create()
  server.errorHandler(() => import('#core/http/exception_handler'))
  server.use([
    () => import('#core/http/request_id_middleware'),
    () => import('#core/http/request_log_middleware'),
    () => import('#core/http/security_headers_middleware'),
  ])
  const router = server.getRouter()
  router.use([() => import('#core/http/input_middleware')])
  routes(router, named(router))
  await server.boot()

  const node = createServer((request, response) => server.handle(request, response))
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve))
  test.cleanup(() => stop(node))
  return `http://127.0.0.1:${(node.address() as AddressInfo).port}`
}

function named(router: Router) {
  const middleware = router.named({
    accepts: () => import('#core/http/body/accepts_middleware'),
    idempotent: () => import('#core/http/idempotency_middleware'),
  })
  return { ...middleware, signIn }
}

type Use = ReturnType<typeof named>

function stop(node: NodeServer) {
  node.closeAllConnections()
  return new Promise<void>((resolve) => node.close(() => resolve()))
}
