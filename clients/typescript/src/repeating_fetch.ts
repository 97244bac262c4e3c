import { FinoraError, secondsOf } from './finora_error.ts'
import { IDEMPOTENT_POSTS } from './idempotent.ts'

export type Fetch = (request: Request) => Promise<Response>

/** How often a request is repeated, and how long it is waited for. */
export interface Patience {
  /** Repetitions after the first try. */
  retries: number
  /** Milliseconds before the first repetition; each next wait is twice as long. */
  pause: number
  /** Milliseconds that are waited at most; a server that asks for more is not asked again. */
  longestPause: number
  /** Milliseconds until the head of an answer must have come. */
  timeout: number
}

export const PATIENCE: Patience = {
  retries: 4,
  pause: 250,
  longestPause: 30_000,
  timeout: 60_000,
}

/** The server did nothing, and asks to try again. */
const REFUSED = new Set([429, 503])

/** Something in between gave up; whether anything was done, nobody knows. */
const UNCERTAIN = new Set([408, 425, 502, 504])

/** A request of ours is still under way; what becomes of it comes next time. */
const UNDER_WAY = 'IdempotencyInProgress'

/** The connection never came to be. */
const UNOPENED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

const REPEATABLE_POSTS = IDEMPOTENT_POSTS.map(
  (path) => new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
)

/**
 * Repeats what failed for reasons that pass, and nothing happens twice: what the
 * server certainly didn't do is repeated whatever it is; where nobody knows, only
 * what reads, and POSTs that the server does once under their `Idempotency-Key`.
 */
export function repeating(fetch: Fetch, patience: Patience): Fetch {
  return async (request) => {
    for (let repetition = 0; ; repetition++) {
      const { response, error } = await attempt(fetch, request, patience.timeout)
      const pause = response ? await pauseAfter(request, response) : pauseAfterError(request, error)
      const isLast = pause === undefined || repetition >= patience.retries
      if (isLast || pause > patience.longestPause) {
        if (response) return response
        throw FinoraError.unreachable(error)
      }
      const wait = patience.pause * 2 ** repetition * (0.5 + Math.random() / 2)
      await sleep(Math.min(Math.max(wait, pause), patience.longestPause), request.signal)
    }
  }
}

/** Gives every POST that can have one its key; the same for all its repetitions. */
export function identified(request: Request) {
  if (!isRepeatablePost(request) || request.headers.has('idempotency-key')) return request

  const headers = new Headers(request.headers)
  headers.set('idempotency-key', crypto.randomUUID())
  return new Request(request, { headers })
}

async function attempt(fetch: Fetch, request: Request, timeout: number) {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error('No answer came in time')), timeout)
  const signal = AbortSignal.any([request.signal, late.signal])
  try {
    return { response: await fetch(new Request(request.clone(), { signal })) }
  } catch (error) {
    if (request.signal.aborted) throw request.signal.reason
    return { error }
  } finally {
    clearTimeout(timer)
  }
}

/** Milliseconds the server wants to be left alone; undefined when there is no use in asking again. */
async function pauseAfter(request: Request, response: Response): Promise<number | undefined> {
  const { status, headers } = response
  const demanded = 1_000 * (secondsOf(headers.get('retry-after')) ?? 0)
  if (REFUSED.has(status)) return demanded
  if (UNCERTAIN.has(status)) return mayHappenTwice(request) ? undefined : demanded
  if (status !== 409) return undefined

  const { code } = await FinoraError.of(response)
  return code === UNDER_WAY ? demanded : undefined
}

function pauseAfterError(request: Request, error: unknown): number | undefined {
  const { cause } = error as { cause?: { code?: string } }
  return UNOPENED.has(cause?.code ?? '') || !mayHappenTwice(request) ? 0 : undefined
}

function mayHappenTwice(request: Request) {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  return !isRead && !request.headers.has('idempotency-key')
}

function isRepeatablePost({ method, url }: Request) {
  const { pathname } = new URL(url)
  return method === 'POST' && REPEATABLE_POSTS.some((pattern) => pattern.test(pathname))
}

function sleep(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const end = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', end, { once: true })
  })
}
