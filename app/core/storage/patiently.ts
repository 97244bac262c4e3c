import { Unavailable } from '#core/queue/unavailable'

/** What the network and the S3 client say when there is no storage to talk to. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'TimeoutError',
])

/** Drive wraps what the client throws, and so does `putStream`. */
interface StorageError {
  code?: string
  name?: string
  cause?: StorageError
  $metadata?: { httpStatusCode?: number }
}

/**
 * What a job does with storage. While storage is away the job waits, without
 * using up an attempt.
 *
 * @throws Unavailable
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isAway(error as StorageError) ? new Unavailable('Storage', error) : error
  }
}

function isAway({ code = '', name = '', cause, $metadata }: StorageError): boolean {
  const isFailing = ($metadata?.httpStatusCode ?? 0) >= 500
  return isFailing || AWAY.has(code) || AWAY.has(name) || (!!cause && isAway(cause))
}
