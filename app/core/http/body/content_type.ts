import type { IncomingHttpHeaders } from 'node:http'
import { UnsupportedMediaType } from '#core/http/problem'

export type ContentType = 'json' | 'form' | 'multipart' | 'other'

const JSON_TYPE = /^application\/(?:json|[\w.-]{1,60}\+json)$/

/** Whether a message carries a body (RFC 9112, section 6). */
export function announcesBody(headers: IncomingHttpHeaders): boolean {
  if (headers['transfer-encoding'] !== undefined) {
    return true
  }
  return Number(headers['content-length'] ?? 0) > 0
}

/**
 * The kind of body the headers announce.
 *
 * @throws UnsupportedMediaType for a compressed body or any charset but UTF-8
 */
export function contentType(headers: IncomingHttpHeaders): ContentType {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw new UnsupportedMediaType('A compressed body is not accepted.')
  }
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw new UnsupportedMediaType('The only charset is UTF-8.')
  }
  return kind(type.trim())
}

function kind(type: string): ContentType {
  if (JSON_TYPE.test(type)) {
    return 'json'
  }
  if (type === 'multipart/form-data') {
    return 'multipart'
  }
  return type === 'application/x-www-form-urlencoded' ? 'form' : 'other'
}
