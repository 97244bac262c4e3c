import { Exception } from '@adonisjs/core/exceptions'
import { problems } from '#core/openapi/problems'

/** What is wrong with one field: its dotted path, the rule it broke and why. */
export type FieldError = { field: string; rule: string; message: string }

export type ProblemOptions = {
  status: number
  code: string
  title: string
  detail?: string
  errors?: FieldError[]
  headers?: Record<string, string>
  cause?: unknown
}

/**
 * An error with an answer: the exception handler turns it into RFC 9457
 * `application/problem+json`. Modules name theirs in their own `exceptions/`.
 * Everything in it reaches the client, except the cause.
 */
export class Problem extends Exception {
  readonly title: string
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  readonly headers: Record<string, string>

  constructor({ status, code, title, detail, errors, headers = {}, cause }: ProblemOptions) {
    super(detail ?? title, { status, code, cause })
    this.title = title
    this.detail = detail ?? summaryOf(errors) ?? descriptionOf(code)
    this.errors = errors
    this.headers = headers
  }

  /** `AccountLocked` → `urn:finora:problem:account-locked`. */
  get type() {
    const kebab = this.code!.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()
    return `urn:finora:problem:${kebab}`
  }

  /** The same problem of one element of a list, which it names. */
  within(path: string) {
    const { status, code, title, detail, headers } = this
    const rule = code!.charAt(0).toLowerCase() + code!.slice(1)
    const whole = { field: '', rule, message: detail ?? title }
    const errors = (this.errors ?? [whole]).map(({ field, ...error }) => ({
      field: field === '' ? path : `${path}.${field}`,
      ...error,
    }))
    return new Problem({ status, code: code!, title, detail, errors, headers, cause: this })
  }

  /** The body a client reads. */
  body(instance: string, requestId: string) {
    return {
      type: this.type,
      title: this.title,
      status: this.status,
      detail: this.detail,
      instance,
      code: this.code,
      requestId,
      errors: this.errors,
    }
  }
}

type Details = Pick<ProblemOptions, 'detail' | 'errors' | 'headers' | 'cause'>

/** A problem of the table that the API document publishes. */
class KnownProblem extends Problem {
  constructor(code: keyof typeof problems, details: Details = {}) {
    const { status, title } = problems[code]
    super({ status, code, title, ...details })
  }
}

export class MalformedRequest extends KnownProblem {
  constructor(detail?: string, cause?: unknown) {
    super('MalformedRequest', { detail, cause })
  }
}

export class Unauthenticated extends KnownProblem {
  constructor(detail?: string) {
    super('Unauthenticated', { detail, headers: { 'WWW-Authenticate': 'Bearer' } })
  }
}

export class Forbidden extends KnownProblem {
  constructor(detail?: string) {
    super('Forbidden', { detail })
  }
}

export class NotFound extends KnownProblem {
  constructor(detail?: string) {
    super('NotFound', { detail })
  }
}

export class MethodNotAllowed extends KnownProblem {
  constructor(allowed: string[]) {
    super('MethodNotAllowed', { headers: { Allow: allowed.join(', ') } })
  }
}

export class Conflict extends KnownProblem {
  constructor(detail?: string) {
    super('Conflict', { detail })
  }
}

export class Reconciled extends KnownProblem {
  constructor(detail?: string) {
    super('Reconciled', { detail })
  }
}

export class IdempotencyInProgress extends KnownProblem {
  constructor() {
    super('IdempotencyInProgress', { headers: { 'Retry-After': '1' } })
  }
}

export class PreconditionFailed extends KnownProblem {
  constructor(detail?: string) {
    super('PreconditionFailed', { detail })
  }
}

export class PayloadTooLarge extends KnownProblem {
  /** @param limit what is allowed, in bytes */
  constructor(limit?: number) {
    super('PayloadTooLarge', {
      detail: limit === undefined ? undefined : `At most ${limit} bytes are accepted here.`,
    })
  }
}

export class UnsupportedMediaType extends KnownProblem {
  constructor(detail?: string) {
    super('UnsupportedMediaType', { detail })
  }
}

export class ValidationFailed extends KnownProblem {
  constructor(errors: FieldError[], cause?: unknown) {
    super('ValidationFailed', { errors, cause })
  }

  /** For what only the domain can know about one field. */
  static field(field: string, rule: string, message: string) {
    return new ValidationFailed([{ field, rule, message }])
  }
}

/** A field names something that is not there, or is another user's. */
export class InvalidReference extends ValidationFailed {
  constructor(field: string, what: string) {
    super([{ field, rule: 'exists', message: `There is no such ${what}` }])
  }
}

export class IdempotencyKeyReused extends KnownProblem {
  constructor() {
    super('IdempotencyKeyReused')
  }
}

export class RateLimited extends KnownProblem {
  /** @param headers `Retry-After` and the `RateLimit-*` of the limit that was hit */
  constructor(headers: Record<string, string>, detail?: string) {
    super('RateLimited', { headers, detail })
  }
}

export class ServiceUnavailable extends KnownProblem {
  /** @param retryAfter seconds */
  constructor(retryAfter = 5, cause?: unknown) {
    super('ServiceUnavailable', { headers: { 'Retry-After': String(retryAfter) }, cause })
  }
}

/** Any defect of ours: says nothing but that it happened. */
export class InternalError extends KnownProblem {
  constructor(cause?: unknown) {
    super('InternalError', { cause })
  }
}

/** What a code says where there is nothing more to say of this time. */
function descriptionOf(code: string): string | undefined {
  return code in problems ? problems[code as keyof typeof problems].description : undefined
}

function summaryOf([first, ...others]: FieldError[] = []): string | undefined {
  return others.length > 0 ? `${first.message} (and ${others.length} more)` : first?.message
}
