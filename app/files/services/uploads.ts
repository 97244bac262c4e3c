import type { Readable } from 'node:stream'
import { UnsupportedMediaType } from '#core/http/problem'
import { newKey } from '#core/storage/keys'
import { peek } from '#core/storage/peek'
import { storedBytes, type Measure } from '#core/storage/stored_bytes'
import { fileTypeOf, TELLING_BYTES } from '#files/domain/file_type'

/** Bytes as they were kept, and what they are. */
export interface Upload extends Measure {
  key: string
  name: string
  mimeType: string
}

/** Keeps the bytes of an upload. Throws `UnsupportedMediaType` for a type Finora doesn't keep. */
export async function keepUpload(userId: string, bytes: Readable, name: string): Promise<Upload> {
  const { head, all } = await peek(bytes, TELLING_BYTES)
  const mimeType = fileTypeOf(head)
  if (!mimeType) {
    throw new UnsupportedMediaType(
      'PDF, PNG, JPEG, GIF, TIFF, WebP, HEIC, ZIP and text are kept; this file is none of them.'
    )
  }
  const key = newKey('files', userId)
  return { key, name, mimeType, ...(await storedBytes.put(key, all)) }
}
