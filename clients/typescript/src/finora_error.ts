import type { components } from './schema.ts'

/** An error as the API tells it (RFC 9457). */
export type Problem = components['schemas']['Problem']

/** What a request ends with that the API refused, or that never got an answer from it. */
export class FinoraError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** `AccountLocked`, `ValidationFailed`, …; `Unreachable` when no answer came. */
  readonly code: string
  /** To be quoted to whoever runs the server. */
  readonly requestId?: string
  /** Of a 422: what is wrong with which field. */
  readonly errors: NonNullable<Problem['errors']>
  /** Seconds after which the request may be repeated. */
  readonly retryAfter?: number

  private constructor(
    message: string,
    { status, code, requestId, errors = [] }: Partial<Problem> & { status: number; code: string },
    options: { retryAfter?: number; cause?: unknown } = {}
  ) {
    super(message, { cause: options.cause })
    this.name = 'FinoraError'
    this.status = status
    this.code = code
    this.requestId = requestId
    this.errors = errors
    this.retryAfter = options.retryAfter
  }

  /** Reads the answer of a request that was refused. */
  static async of(response: Response): Promise<FinoraError> {
    const retryAfter = secondsOf(response.headers.get('retry-after'))
    const { status } = response
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => ({}))
    const problem = (body ?? {}) as Partial<Problem>
    const { code = `Http${status}`, title = response.statusText, detail } = problem
    const message = detail ? `${title}: ${detail}` : title
    return new FinoraError(message, { ...problem, status, code }, { retryAfter })
  }

  static unreachable(cause: unknown): FinoraError {
    return new FinoraError('No answer came', { status: 0, code: 'Unreachable' }, { cause })
  }
}

/** `Retry-After` in seconds; a date in it is not understood, Finora sends none. */
export function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined
}
