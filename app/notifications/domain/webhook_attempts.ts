import type { OutboundFault } from '#core/http/network/outbound_client'

/**
 * Why an attempt failed: what kept it from an answer; `status`, an answer other
 * than 2xx; `resting`, it was not made, because the receiver had just taken too
 * long; `disabled`, the webhook was; `internal`, our fault. A name that isn't known
 * and one that leads where nobody is called are both `address`, in no time: whoever
 * sees them must not learn which names there are inside.
 */
export const ATTEMPT_ERRORS = [
  'url',
  'address',
  'connection',
  'tls',
  'timeout',
  'redirects',
  'status',
  'resting',
  'disabled',
  'internal',
] as const satisfies string[]

export type AttemptError = (typeof ATTEMPT_ERRORS)[number]

/** What came of one attempt. */
export interface Outcome {
  responseStatus: number | null
  /** Milliseconds; null when nobody was asked. */
  durationMs: number | null
  /** Null when it was delivered. */
  error: AttemptError | null
}

/** As far as the owner is told of it. */
export function errorOf(fault: OutboundFault): AttemptError {
  return fault === 'dns' ? 'address' : fault
}

/** How much longer or shorter than its wait a pause is, at most. */
const JITTER = 0.2

/**
 * Seconds until the next attempt, or null when that was the last.
 *
 * @param made attempts so far
 * @param waits seconds between them
 * @param random from 0 to 1
 */
export function pauseAfter(made: number, waits: number[], random = Math.random()): number | null {
  const wait = waits.at(made - 1)
  if (made < 1 || made > waits.length || wait === undefined) return null
  return Math.round(wait * (1 + JITTER * (2 * random - 1)))
}
