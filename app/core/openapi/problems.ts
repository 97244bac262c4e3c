/**
 * Every problem the API answers with, by the `code` of RFC 9457's body. The
 * table is what a client reads; exceptions carry the same code, status and
 * title.
 */
export const problems = {
  MalformedRequest: {
    status: 400,
    title: 'The request could not be read',
    description: 'Broken JSON, duplicate keys, numbers that do not survive, or too deep a body.',
  },
  Unauthenticated: {
    status: 401,
    title: 'Sign in first',
    description: 'Nothing says who you are, or nothing that is still valid.',
  },
  InvalidCredentials: {
    status: 401,
    title: 'Invalid credentials',
    description: 'Also the answer for an e-mail that is not known.',
  },
  InvalidRefreshToken: {
    status: 401,
    title: 'Invalid refresh token',
    description: 'Presenting a token that was used before revokes the whole session.',
  },
  OtpRequired: {
    status: 401,
    title: 'A one-time password is required',
    description: 'Repeat the sign-in with `otp`.',
  },
  Forbidden: {
    status: 403,
    title: 'Not allowed',
    description: 'You are signed in, and your role or scope does not cover this call.',
  },
  NotFound: {
    status: 404,
    title: 'Not found',
    description: "No such resource, or another user's: the answer is the same.",
  },
  MethodNotAllowed: {
    status: 405,
    title: 'Method not allowed',
    description: 'The path exists, with the methods named by `Allow`.',
  },
  Conflict: {
    status: 409,
    title: 'The resource is not in a state for this',
    description: 'It was changed meanwhile, or something still depends on it.',
  },
  Reconciled: {
    status: 409,
    title: 'A statement has proven this',
    description:
      'The transaction is part of a completed reconciliation. Its account, amount and day stay until that is deleted.',
  },
  EmailTaken: {
    status: 409,
    title: 'E-mail address taken',
    description: 'Another user has registered with it.',
  },
  IdempotencyInProgress: {
    status: 409,
    title: 'The first request is still running',
    description: 'Repeat a little later to get its answer.',
  },
  CursorExpired: {
    status: 410,
    title: 'The cursor is lost',
    description: 'It is too old, unreadable or of another ledger: start over without one.',
  },
  PreconditionFailed: {
    status: 412,
    title: 'The resource has changed',
    description: '`If-Match` names an older version: read it again, then repeat.',
  },
  PayloadTooLarge: {
    status: 413,
    title: 'The body is too large',
    description: 'Each route has a limit of its own.',
  },
  UnsupportedMediaType: {
    status: 415,
    title: 'The media type is not supported',
    description: 'The route reads the content types listed for it.',
  },
  ValidationFailed: {
    status: 422,
    title: 'The input is not valid',
    description: '`errors` names each field, the rule it broke and why.',
  },
  IdempotencyKeyReused: {
    status: 422,
    title: 'The idempotency key belongs to another request',
    description: 'The same key came with another method, path or body within 24 hours.',
  },
  AccountLocked: {
    status: 423,
    title: 'The account is locked',
    description: 'Too many failed sign-ins; `Retry-After` says for how long.',
  },
  RateLimited: {
    status: 429,
    title: 'Too many requests',
    description: '`Retry-After` says when to come back.',
  },
  InternalError: {
    status: 500,
    title: 'Something went wrong',
    description: 'Our fault. Quote `requestId` when you report it.',
  },
  ServiceUnavailable: {
    status: 503,
    title: 'Temporarily unavailable',
    description: 'A dependency is down or slow; `Retry-After` says when to come back.',
  },
} as const satisfies Record<string, { status: number; title: string; description: string }>

export type ProblemCode = keyof typeof problems

/** `AccountLocked` → `urn:finora:problem:account-locked`. */
export function problemType(code: ProblemCode): string {
  const kebab = code.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase()
  return `urn:finora:problem:${kebab}`
}
