import { FinoraError, secondsOf } from './finora_error.ts'

export type Fetch = (request: Request) => Promise<Response>

/** How often a request is repeated, and how long it is waited for in between. */
export interface Patience {
  /** Repetitions after the first try. */
  retries: number
  /** Milliseconds before the first repetition; each next wait is twice as long. */
  pause: number
  /** Milliseconds that are waited at most, also when the server asks for more. */
  longestPause: number
}

export const PATIENCE: Patience = { retries: 4, pause: 250, longestPause: 30_000 }

/** Nothing came of it, and the server asks to try again (or couldn't even say so). */
const PASSING = new Set([0, 408, 425, 429, 502, 503, 504])

/** A request of ours is still under way; what becomes of it comes next time. */
const UNDER_WAY = 'IdempotencyInProgress'

/**
 * Repeats what failed for reasons that pass. Nothing happens twice: every POST gets
 * an `Idempotency-Key`, under which the server does it once, and the other methods
 * can be repeated as they are.
 */
export function repeating(fetch: Fetch, { retries, pause, longestPause }: Patience): Fetch {
  return async (given) => {
    const request = identified(given)
    for (let repetition = 0; ; repetition++) {
      const { response, error } = await attempt(fetch, request)
      const mayRepeat = repetition < retries && !request.signal.aborted
      if (response && !(mayRepeat && (await isPassing(response)))) return response
      if (error && !mayRepeat) throw FinoraError.unreachable(error)

      const wait = pause * 2 ** repetition * (0.5 + Math.random() / 2)
      const demanded = 1_000 * (secondsOf(response?.headers.get('retry-after') ?? null) ?? 0)
      await sleep(Math.min(Math.max(wait, demanded), longestPause), request.signal)
    }
  }
}

async function attempt(fetch: Fetch, request: Request) {
  try {
    return { response: await fetch(request.clone()) }
  } catch (error) {
    if (error instanceof FinoraError) throw error
    return { error: error ?? new Error('No answer came') }
  }
}

async function isPassing(response: Response) {
  if (PASSING.has(response.status)) return true
  if (response.status !== 409) return false
  const { code } = await FinoraError.of(response)
  return code === UNDER_WAY
}

function identified(request: Request) {
  if (request.method !== 'POST' || request.headers.has('idempotency-key')) return request

  const headers = new Headers(request.headers)
  headers.set('idempotency-key', crypto.randomUUID())
  return new Request(request, { headers })
}

function sleep(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
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
