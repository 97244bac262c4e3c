import '#core/http/strict_objects'
import { requestId } from '#core/http/request_id'
import { HttpRequest, RequestValidator } from '@adonisjs/core/http'

const CSRF_FIELD = '_csrf'

/**
 * Adds to AdonisJS what the API does differently: ids of requests are always
 * there and sane, from the first line of log on, and `validateUsing` sees what was
 * submitted and nothing else. To be called by a provider that boots after VineJS's.
 */
export function registerHttp() {
  HttpRequest.macro('id', requestId)

  HttpRequest.macro('validateUsing', function (this: HttpRequest, validator, ...options) {
    const [given] = options
    const withData = [{ data: submitted(this), ...given }] as typeof options
    return new RequestValidator(this.ctx!).validateUsing(validator, ...withData)
  })
}

/**
 * The body of a write (of a DELETE if it has one), else the query: never both mixed, so a query can't
 * override a field of the body. Ids in the path are checked by the route.
 */
function submitted(request: HttpRequest): unknown {
  const method = request.method()
  if (method === 'DELETE') return { ...request.qs(), ...withoutToken(request.body()) }
  const isWrite = ['POST', 'PUT', 'PATCH'].includes(method)
  return isWrite ? withoutToken(request.body()) : request.qs()
}

/** The token of a console's form has been checked already, and is no field. */
function withoutToken(body: Record<string, unknown>) {
  const { [CSRF_FIELD]: token, ...fields } = body
  return token === undefined ? body : fields
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /**
     * Digest of the body, to compare repetitions with: of JSON when the request has
     * an idempotency key, of multipart once `readMultipart` has read it.
     */
    bodyDigest?: Buffer
  }
}
