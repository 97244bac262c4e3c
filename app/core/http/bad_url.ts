import { randomUUIDv7 } from 'node:crypto'
import { MalformedRequest } from '#core/http/problem'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Answers a path that can't be decoded (`%ff`): AdonisJS has no context for it,
 * so no middleware and no exception handler sees it.
 */
export function refuseBadUrl(_request: IncomingMessage, response: ServerResponse) {
  const requestId = randomUUIDv7()
  const problem = new MalformedRequest('The path has a bad percent-encoding.')
  const body = JSON.stringify(problem.body('', requestId))
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  response.end(body)
}
