import { createHash, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import logger from '@adonisjs/core/services/logger'
import drive from '@adonisjs/drive/services/main'
import { UnsupportedMediaType } from '#core/http/problem'
import { putStream } from '#core/storage/put_stream'

/** A file as it was kept: under a key of ours, with its size and SHA-256. */
export interface StoredFile {
  key: string
  name: string
  size: number
  sha256: Buffer
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
    refuseForeign(await beginning(bytes))
    const key = `imports/${userId}/${randomUUIDv7()}`
    const digest = createHash('sha256')
    let size = 0
    const measured = new PassThrough()
    const measure = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        size += chunk.length
        digest.update(chunk)
        yield chunk
      }
    }

    const keeping = putStream(key, measured)
    keeping.catch((error) => measured.destroy(error))
    const receiving = pipeline(bytes, measure, measured)
    const outcomes = await Promise.allSettled([receiving, keeping])
    const failed = outcomes.find(isRejected)
    if (failed) {
      await this.discard(key)
      throw failed.reason
    }
    return { key, name, size, sha256: digest.digest() }
  },

  /** Removes a file nobody needs; where the disk is gone, it is left to be swept later. */
  async discard(key: string) {
    try {
      await drive.use().delete(key)
    } catch (error) {
      logger.warn({ err: error, key }, 'a refused file could not be deleted')
    }
  },
}

function isRejected(result: PromiseSettledResult<void>) {
  return result.status === 'rejected'
}

/** The first bytes, which stay in the stream; none of an empty one. */
async function beginning(bytes: Readable): Promise<Buffer> {
  await once(bytes, 'readable')
  const chunk: Buffer | null = bytes.read()
  if (chunk) bytes.unshift(chunk)
  return chunk ?? Buffer.alloc(0)
}

function refuseForeign(chunk: Buffer) {
  if (FOREIGN.some((signature) => chunk.subarray(0, signature.length).equals(signature))) {
    throw new UnsupportedMediaType(
      'The file is an archive, a document or a picture, not a statement.'
    )
  }
}
