import type { OutboundFault } from '#core/http/network/outbound_client'

/**
 * Why an attempt failed: what kept it from an answer; `status`, an answer other
 * than 2xx; `resting`, it was not made, because the receiver had just let one time
 * out; `disabled`, the webhook was; `internal`, our fault.
 */
export const ATTEMPT_ERRORS = [
  'url',
  'address',
  'dns',
  'connection',
  'tls',
  'timeout',
  'redirects',
  'status',
  'resting',
  'disabled',
  'internal',
] as const satisfies (OutboundFault | string)[]

export type AttemptError = (typeof ATTEMPT_ERRORS)[number]

/** What came of one attempt. */
export interface Outcome {
  responseStatus: number | null
  /** Milliseconds. */
  durationMs: number
  /** Null when it was delivered. */
  error: AttemptError | null
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
