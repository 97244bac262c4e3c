import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import logger from '@adonisjs/core/services/logger'
import drive from '@adonisjs/drive/services/main'
import { putStream } from '#core/storage/put_stream'

/** How much was kept, and what it hashes to. */
export interface Measure {
  size: number
  sha256: Buffer
}

/**
 * Bytes on the default disk, streamed in with flat memory and measured as they
 * pass. What fails half-way is not kept.
 */
export const storedBytes = {
  /** @throws ServiceUnavailable when the disk is full or S3 is gone, and whatever the source fails with */
  async put(key: string, source: AsyncIterable<Buffer>): Promise<Measure> {
    const digest = createHash('sha256')
    let size = 0
    const measured = new PassThrough()
    const measure = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length
        digest.update(chunk)
        yield chunk
      }
    }

    const keeping = putStream(key, measured)
    keeping.catch((error) => measured.destroy(error))
    const receiving = pipeline(source, measure, measured)
    const outcomes = await Promise.allSettled([receiving, keeping])
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) {
      await this.discard(key)
      throw failed.reason
    }
    return { size, sha256: digest.digest() }
  },

  /** Removes what nobody needs; where the disk is gone, it is left to the nightly sweep. */
  async discard(key: string) {
    try {
      await drive.use().delete(key)
    } catch (error) {
      logger.warn({ err: error, key }, 'bytes that nobody needs could not be deleted')
    }
  },
}
