import '#core/http/strict_objects'
import { serializer } from '#core/http/serializer'
import { HttpContext, HttpRequest, RequestValidator } from '@adonisjs/core/http'

const CSRF_FIELD = '_csrf'

/**
 * Adds to AdonisJS what the API does differently: `serialize` without an
 * envelope, and `validateUsing` that sees what was submitted and nothing else.
 * To be called by a provider that boots after VineJS's.
 */
export function registerHttp() {
  HttpContext.getter('serialize', function (this: HttpContext) {
    const { containerResolver } = this
    const serialize = (value: unknown) =>
      serializer.serializeWithoutWrapping(value, containerResolver)
    return serialize as HttpContext['serialize']
  })

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
    /** Resolves what `Transformer.transform` gave into plain JSON; to be awaited. */
    serialize: typeof serializer.serializeWithoutWrapping

    /**
     * Digest of the body, to compare repetitions with: of JSON when the request has
     * an idempotency key, of multipart once `readMultipart` has read it.
     */
    bodyDigest?: Buffer
  }
}
