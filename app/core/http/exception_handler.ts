import { STATUS_CODES } from 'node:http'
import router from '@adonisjs/core/services/router'
import { misses } from '#core/audit/misses'
import { discardBody } from '#core/http/body/read_body'
import { dependencyProblem } from '#core/http/database_problem'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import {
  Conflict,
  Forbidden,
  InternalError,
  MalformedRequest,
  MethodNotAllowed,
  NotFound,
  PayloadTooLarge,
  Problem,
  RateLimited,
  Unauthenticated,
  UnsupportedMediaType,
  ValidationFailed,
  type FieldError,
} from '#core/http/problem'

const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What packages throw: Lucid, Auth, VineJS, Shield, the limiter. */
type ForeignError = {
  code?: string
  status?: number
  message?: string
  messages?: FieldError[]
  handle?: unknown
  getDefaultHeaders?: () => Record<string, unknown>
}

/**
 * The one place where errors become answers: RFC 9457 problems for the API and
 * whoever does not ask for HTML, a line of text for browsers. What is ours to
 * fix is logged in full and answered with nothing but the request's id.
 */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected override debug = false
  protected override renderStatusPages = false

  override async handle(error: unknown, ctx: HttpContext) {
    discardBody(ctx.request.request)
    if (!ctx.response.isPending) {
      return
    }
    if (this.#wantsPage(ctx) && this.#handlesItself(error)) {
      return super.handle(error, ctx)
    }
    const problem = this.toProblem(error, ctx)
    misses.note(ctx, problem.status)
    for (const [name, value] of Object.entries(problem.headers)) {
      ctx.response.header(name, value)
    }
    ctx.response.removeHeader('etag').status(problem.status)
    return this.#wantsPage(ctx) ? this.#renderPage(problem, ctx) : this.#renderProblem(problem, ctx)
  }

  override async report(error: unknown, ctx: HttpContext) {
    const problem = this.toProblem(error, ctx)
    if (problem.status >= 500) {
      const err = error instanceof Problem ? (error.cause ?? error) : error
      ctx.logger.error({ err, code: problem.code }, problem.title)
    } else {
      ctx.logger.debug({ code: problem.code, detail: problem.detail }, problem.title)
    }
  }

  /** What the client is told about an error. */
  protected toProblem(error: unknown, ctx: HttpContext): Problem {
    if (error instanceof Problem) {
      return error
    }
    if (typeof error !== 'object' || error === null) {
      return new InternalError(error)
    }
    return this.#byCode(error, ctx) ?? dependencyProblem(error) ?? this.#byStatus(error)
  }

  #byCode(error: ForeignError, ctx: HttpContext): Problem | undefined {
    switch (error.code) {
      case 'E_ROUTE_NOT_FOUND':
        return this.#unrouted(ctx)
      case 'E_ROW_NOT_FOUND':
        return new NotFound()
      case 'E_UNAUTHORIZED_ACCESS':
        return new Unauthenticated()
      case 'E_TOO_MANY_REQUESTS':
        return new RateLimited(textual(error.getDefaultHeaders?.() ?? {}))
      case 'E_VALIDATION_ERROR':
        return new ValidationFailed(
          error.messages!.map(({ field, rule, message }) => ({ field, rule, message }))
        )
    }
    return undefined
  }

  #unrouted({ request }: HttpContext): Problem {
    const { shouldDecodeParam } = request.parsedUrl
    const allowed = VERBS.filter((verb) => router.match(request.url(), verb, shouldDecodeParam))
    return allowed.length > 0 ? new MethodNotAllowed(allowed) : new NotFound()
  }

  /** Other packages' errors keep their status and lose their words. */
  #byStatus(error: ForeignError): Problem {
    switch (error.status) {
      case 400:
        return new MalformedRequest()
      case 401:
        return new Unauthenticated()
      case 403:
        return new Forbidden()
      case 404:
        return new NotFound()
      case 409:
        return new Conflict()
      case 413:
        return new PayloadTooLarge()
      case 415:
        return new UnsupportedMediaType()
      default:
        return new InternalError(error)
    }
  }

  #wantsPage({ request }: HttpContext) {
    return !request.url().startsWith('/api/') && request.accepts(['json', 'html']) === 'html'
  }

  /** Redirects to the sign-in, or back to a form with its messages. */
  #handlesItself(error: unknown) {
    const { code, handle } = (error ?? {}) as ForeignError
    return typeof handle === 'function' || code === 'E_VALIDATION_ERROR'
  }

  #renderPage(problem: Problem, { request, response }: HttpContext) {
    const lines = [
      `${problem.status} ${STATUS_CODES[problem.status]}`,
      problem.title,
      `Request ${request.id()}`,
    ]
    response.header('content-type', 'text/plain; charset=utf-8').send(lines.join('\n'))
  }

  #renderProblem(problem: Problem, { request, response }: HttpContext) {
    response
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(problem.body(request.url(), request.id() ?? ''))
  }
}

function textual(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
