import { randomUUIDv7 } from 'node:crypto'
import type { HttpRequest } from '@adonisjs/core/http'

const SANE = /^[A-Za-z0-9._-]{8,128}$/

/** The client's `X-Request-Id` when it is sane, else a new one, the same for the whole request. */
export function requestId(this: HttpRequest): string {
  const { headers } = this.request
  const given = headers['x-request-id']
  if (typeof given === 'string' && SANE.test(given)) return given
  return (headers['x-request-id'] = randomUUIDv7())
}
