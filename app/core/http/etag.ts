import { createHash } from 'node:crypto'
import { PreconditionFailed } from '#core/http/problem'
import type { HttpContext, HttpRequest } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A record that knows when it last changed. */
export type Versioned = { id: string; updatedAt: { valueOf(): number } | null }

/**
 * Called by an action with the record it has locked, before it changes it.
 *
 * @throws PreconditionFailed
 */
export type Precondition<Row = Versioned> = (
  row: Row,
  trx: TransactionClientContract
) => void | Promise<void>

/** A strong entity tag (RFC 9110, section 8.8.3) of whatever makes up a version. */
export function etag(...parts: unknown[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  return `"${digest.slice(0, 22)}"`
}

/** The tag of a record: another one after each change of it. */
export function versionOf({ id, updatedAt }: Versioned): string {
  return etag(id, updatedAt?.valueOf() ?? null)
}

/**
 * What `If-Match` demands, to be handed to the action that changes the record:
 * only inside its transaction nobody can slip in between. Without the header
 * everything passes.
 *
 * @param tagOf the tag of a record, the one that `withEtag` sent
 */
export function ifMatch<Row = Versioned>(
  request: HttpRequest,
  tagOf: (row: Row, trx: TransactionClientContract) => string | Promise<string> = (row) =>
    versionOf(row as Versioned)
): Precondition<Row> {
  const demanded = request.header('if-match')
  if (demanded === undefined) {
    return () => {}
  }
  return async (row, trx) => assertMatch(demanded, await tagOf(row, trx))
}

/**
 * For a record that is at hand already: 412 unless it is the one `If-Match` names.
 *
 * @throws PreconditionFailed
 */
export function requireMatch({ request }: HttpContext, tag: string) {
  const demanded = request.header('if-match')
  if (demanded !== undefined) {
    assertMatch(demanded, tag)
  }
}

/**
 * Sends a resource with its tag, or 304 when the client has this version
 * already (`If-None-Match`).
 */
export function sendWithEtag({ request, response }: HttpContext, tag: string, resource: object) {
  response.header('etag', tag)
  const held = request.header('if-none-match')
  const isRead = request.method() === 'GET' || request.method() === 'HEAD'
  if (isRead && held !== undefined && names(held.replaceAll('W/', ''), tag)) {
    return response.status(304).send(null)
  }
  return response.send(resource)
}

/**
 * `If-Match` compares strongly: a weak tag never matches.
 *
 * @throws PreconditionFailed
 */
export function assertMatch(demanded: string, tag: string) {
  if (!names(demanded, tag)) {
    throw new PreconditionFailed()
  }
}

function names(list: string, tag: string): boolean {
  const tags = list.split(',').map((each) => each.trim())
  return tags.includes('*') || tags.includes(tag)
}
