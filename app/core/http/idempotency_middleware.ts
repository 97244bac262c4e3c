import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import encryption from '@adonisjs/core/services/encryption'
import { confirmedBy } from '#core/http/effect'
import { digestMultipart } from '#core/http/body/multipart'
import {
  IdempotencyKey,
  isAnswerLost,
  type Answer,
  type EarlierUse,
  type Use,
} from '#core/http/idempotency_key'
import {
  Conflict,
  IdempotencyInProgress,
  IdempotencyKeyReused,
  ValidationFailed,
} from '#core/http/problem'

const PRINTABLE = /^[\x21-\x7e]{1,255}$/
const KEPT_HEADERS = ['content-type', 'etag', 'location']

/** Answers that ask to be tried again stand for nothing that happened. */
const REPEATABLE = new Set([408, 409, 425, 429])

const UNREAD = Buffer.alloc(0)
const PURPOSE = 'idempotency'

/**
 * Makes a POST safe to repeat: under the same `Idempotency-Key` the first answer
 * comes again, for 24 hours, and nothing happens twice. Runs behind `auth`.
 *
 * A multipart body can't be compared before it is read: of the first request the
 * route reads it, of a repetition it is read here and only hashed. Answers may
 * hold what is shown once (tokens), so they are kept encrypted.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export default class IdempotencyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const name = ctx.request.header('idempotency-key')
    const userId = ctx.auth.user?.id
    if (name === undefined || userId === undefined) {
      return next()
    }
    if (!PRINTABLE.test(name)) {
      throw ValidationFailed.field(
        'Idempotency-Key',
        'idempotencyKey',
        'The key must be 1 to 255 printable characters'
      )
    }
    const key = new IdempotencyKey(userId, name)
    const use = useOf(ctx)
    const earlier = await key.take(use)
    return earlier === undefined ? this.#first(ctx, key, use, next) : this.#again(ctx, use, earlier)
  }

  async #first(ctx: HttpContext, key: IdempotencyKey, use: Use, next: NextFn) {
    try {
      await confirmedBy(key, () => next())
    } catch (error) {
      await this.#forget(ctx, key)
      throw error
    }
    const bodyHash = isMultipart(ctx) ? ctx.bodyDigest : use.bodyHash
    const answer = answerOf(ctx)
    if (answer === undefined || bodyHash === undefined) {
      return this.#forget(ctx, key)
    }
    await key
      .keep({ ...answer, body: answer.body && seal(answer.body) }, bodyHash)
      .catch((error) => ctx.logger.warn({ err: error }, 'an answer could not be kept'))
  }

  /** Without the database the key stays held for a minute; the answer is the same. */
  async #forget(ctx: HttpContext, key: IdempotencyKey) {
    await key
      .release()
      .catch((error) => ctx.logger.warn({ err: error }, 'an idempotency key stays held'))
  }

  async #again(ctx: HttpContext, use: Use, earlier: EarlierUse) {
    if (earlier.method !== use.method || earlier.path !== use.path) {
      throw new IdempotencyKeyReused()
    }
    if (isMultipart(ctx) && earlier.status !== undefined) {
      use = { ...use, bodyHash: await digestMultipart(ctx) }
    }
    if (!isAnswerLost(earlier) && !earlier.bodyHash.equals(use.bodyHash)) {
      throw new IdempotencyKeyReused()
    }
    if (earlier.status === undefined) {
      throw new IdempotencyInProgress()
    }
    this.#replay(ctx, earlier as EarlierUse & Answer)
  }

  #replay({ response }: HttpContext, { status, headers, body, ...earlier }: EarlierUse & Answer) {
    const text = body === null ? null : encryption.decrypt<string>(body, PURPOSE)
    if (isAnswerLost({ status, ...earlier }) || (body !== null && text === null)) {
      throw new Conflict('The first request took effect; its answer was lost.')
    }
    for (const [name, value] of Object.entries(headers)) {
      response.header(name, value)
    }
    response.header('idempotency-replayed', 'true').status(status).send(text)
  }
}

function useOf({ request, bodyDigest = UNREAD }: HttpContext): Use {
  return { method: request.method(), path: request.url(true), bodyHash: bodyDigest }
}

function isMultipart({ request }: HttpContext) {
  return request.header('content-type', '')!.toLowerCase().startsWith('multipart/form-data')
}

/** The answer as it is about to be sent; undefined when it must not come again. */
function answerOf({ response }: HttpContext): Answer | undefined {
  const status = response.getStatus()
  if (status >= 500 || REPEATABLE.has(status) || response.hasStream || response.headersSent) {
    return undefined
  }
  const content: unknown = response.getBody()
  if (typeof content === 'object' && content !== null) {
    response.safeHeader('content-type', 'application/json; charset=utf-8')
    response.send(JSON.stringify(content))
  }
  const headers = KEPT_HEADERS.map((name) => [name, response.getHeader(name)])
  return {
    status,
    headers: Object.fromEntries(headers.filter(([, value]) => value !== undefined)),
    body: response.getBody() ?? null,
  }
}

function seal(text: string) {
  return encryption.encrypt(text, { purpose: PURPOSE })
}
