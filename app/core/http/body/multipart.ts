import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { bodies } from '#config/bodyparser'
import type { HttpContext } from '@adonisjs/core/http'
import { displayName } from '#core/http/body/file_name'
import { contentType } from '#core/http/body/content_type'
import { receiveParts, type Part } from '#core/http/body/multipart_parts'
import { MalformedRequest, UnsupportedMediaType, ValidationFailed } from '#core/http/problem'

const MAX_PARTS = 20
const MIME_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/

export type UploadedFile = {
  /** The client's name for it, cleaned: to be shown, never a path. */
  name: string

  /** What the client says it is: a hint, never a proof. */
  mimeType: string
}

export type MultipartOptions<T> = {
  /** Name of the one file field. */
  fileField: string

  /** Names of the text fields that may stand beside it, each at most once. */
  fields?: readonly string[]

  maxFileBytes?: number

  /**
   * Takes the file's bytes as they arrive. When the body turns out too large,
   * broken or cut off, the stream errors: reject then, and delete what was kept.
   */
  onFile: (bytes: Readable, file: UploadedFile) => Promise<T>

  /** Undoes a finished `onFile` when what follows the file is refused. */
  onDiscard?: (file: T) => Promise<void>
}

/**
 * Reads a multipart body (RFC 7578) of one file and some text fields without
 * storing anything itself: no temporary files, flat memory. When it throws,
 * `onFile` has come to an end first. Fields may stand before or behind the file.
 *
 * @throws UnsupportedMediaType, MalformedRequest, PayloadTooLarge,
 *   ValidationFailed for an unknown, repeated or missing field, and whatever
 *   `onFile` throws
 */
export async function readMultipart<T>(
  ctx: HttpContext,
  options: MultipartOptions<T>
): Promise<{ file: T; fields: Record<string, string> }> {
  const { fileField, fields: textFields = [], maxFileBytes = bodies.file } = options
  const request = ctx.request.request
  if (contentType(request.headers) !== 'multipart') {
    throw new UnsupportedMediaType('Send multipart/form-data.')
  }
  const fields: Record<string, string> = {}
  const missing = new Set([fileField, ...textFields])
  const received: Fingerprint[] = []
  let file: { value: T } | undefined

  const limits = {
    parts: missing.size + 1,
    bytes: (name: string) => (name === fileField ? maxFileBytes : bodies.fields),
    total: maxFileBytes + bodies.fields,
  }
  const receive = async (part: Part) => {
    if (!missing.delete(part.name)) {
      throw unexpected(part.name, part.name === fileField || textFields.includes(part.name))
    }
    if (part.name === fileField) {
      file = { value: await options.onFile(part.bytes, describe(part)) }
    } else {
      fields[part.name] = await readText(part)
    }
    received.push(await fingerprint(part))
  }

  await receiveParts(request, limits, receive).catch(async (error) => {
    if (file !== undefined) {
      await options.onDiscard?.(file.value)
    }
    throw error
  })
  if (file === undefined) {
    throw ValidationFailed.field(fileField, 'required', `The ${fileField} field must be a file`)
  }
  ctx.bodyDigest = digestOf(received)
  ctx.request.updateBody({ ...fields })
  return { file: file.value, fields }
}

/** Reads a multipart body only to tell whether it is the same as another. */
export async function digestMultipart(ctx: HttpContext): Promise<Buffer> {
  const received: Fingerprint[] = []
  const limits = { parts: MAX_PARTS, bytes: () => bodies.file, total: bodies.file + bodies.fields }
  await receiveParts(ctx.request.request, limits, async (part) => {
    received.push(await fingerprint(part))
  })
  return digestOf(received)
}

type Fingerprint = [name: string, fileName: string, sha256: string]

async function fingerprint({ name, fileName = '', bytes }: Part): Promise<Fingerprint> {
  return [name, fileName, await bytes.sha256()]
}

/** Equal for equal parts, whatever the boundary and the order. */
function digestOf(parts: Fingerprint[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts.sort())).digest()
}

function describe({ fileName = '', mimeType }: Part): UploadedFile {
  if (fileName.includes('\uFFFD')) {
    throw new MalformedRequest('The name of the file is not valid UTF-8.')
  }
  return {
    name: displayName(fileName),
    mimeType: MIME_TYPE.test(mimeType) ? mimeType : 'application/octet-stream',
  }
}

async function readText({ name, bytes }: Part): Promise<string> {
  const content = await buffer(bytes)
  if (!isUtf8(content) || content.includes(0)) {
    throw ValidationFailed.field(name, 'string', `The ${name} field must be text in UTF-8`)
  }
  return content.toString('utf8')
}

function unexpected(name: string, isKnown: boolean) {
  if (isKnown) {
    return ValidationFailed.field(name, 'single', `The ${name} field must be given once`)
  }
  const shown = name === '' ? '' : displayName(name).slice(0, 100)
  return ValidationFailed.field(shown, 'unknown', 'The field is not known')
}
