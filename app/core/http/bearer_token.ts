import type { HttpRequest } from '@adonisjs/core/http'

/** What `Authorization: Bearer …` carries (RFC 6750, 2.1), or '' when it is anything else. */
export function bearerToken(request: HttpRequest): string {
  const [scheme, token, ...rest] = (request.header('authorization') ?? '').split(' ')
  return /^bearer$/i.test(scheme) && token && rest.length === 0 ? token : ''
}
