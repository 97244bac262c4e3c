import { MalformedRequest } from '#core/http/problem'

export type FormFields = Record<string, string | string[]>

const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_FIELDS = 1_000

/**
 * Reads `a=1&b=2`, from a query or an HTML form, as flat fields: no brackets, no
 * commas, a repeated name is a list.
 *
 * @throws MalformedRequest for a bad escape, NUL, or more than 1,000 fields
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function parseForm(text: string): FormFields {
  const fields: FormFields = {}
  if (text === '') {
    return fields
  }
  const entries = [...new URLSearchParams(assertReadable(text))]
  if (entries.length > MAX_FIELDS) {
    throw new MalformedRequest(`More than ${MAX_FIELDS} fields.`)
  }
  for (const [name, value] of entries) {
    if (FORBIDDEN_NAMES.has(name)) {
      throw new MalformedRequest('A field has a name that is not allowed.')
    }
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined
    fields[name] = known === undefined ? value : [known, value].flat()
  }
  return fields
}

function assertReadable(text: string): string {
  try {
    if (!decodeURIComponent(text).includes('\0')) {
      return text
    }
  } catch {
    throw new MalformedRequest('The URL or form has a bad percent-encoding.')
  }
  throw new MalformedRequest('The URL or form has a NUL character.')
}
