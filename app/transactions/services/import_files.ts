import type { Readable } from 'node:stream'
import { UnsupportedMediaType } from '#core/http/problem'
import { newKey } from '#core/storage/keys'
import { peek } from '#core/storage/peek'
import { storedBytes } from '#core/storage/stored_bytes'
import { FartherBytes } from '#transactions/services/farther_bytes'
import { SAMPLE_BYTES } from '#transactions/domain/statements/inspection'

/** A file as it was kept: under a key of ours, with its size and SHA-256. */
export interface StoredFile {
  key: string
  name: string
  size: number
  sha256: Buffer
  /** Its first bytes, as many as `inspectStatement` sees. */
  head: Buffer
  /** Where those are ASCII: the first that are none. */
  farther?: Buffer
}

/** What archives, documents and pictures begin with; a bank's statement doesn't. */
const FOREIGN = [
  'PK\x03\x04',
  '\x1f\x8b',
  '%PDF',
  '\x89PNG',
  '\xff\xd8\xff',
  'BZh',
  '7z\xbc\xaf',
  'Rar!',
  'GIF8',
  '\xd0\xcf\x11\xe0',
].map((signature) => Buffer.from(signature, 'latin1'))

/** The files of imports on Drive: streamed in with flat memory, gone when refused. */
export const importFiles = {
  async store(userId: string, bytes: Readable, name: string): Promise<StoredFile> {
    const { head, all } = await peek(bytes, SAMPLE_BYTES)
    refuseForeign(head)
    const key = newKey('imports', userId)
    const bytesBehind = new FartherBytes()
    const stored = await storedBytes.put(key, bytesBehind.watch(all))
    return { key, name, head, farther: bytesBehind.found, ...stored }
  },

  /** Removes a file nobody needs. */
  async discard(key: string) {
    await storedBytes.discard(key)
  },
}

function refuseForeign(head: Buffer) {
  if (FOREIGN.some((signature) => head.subarray(0, signature.length).equals(signature))) {
    throw new UnsupportedMediaType(
      'The file is an archive, a document or a picture, not a statement.'
    )
  }
}
