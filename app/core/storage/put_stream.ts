import type { Readable } from 'node:stream'
import drive from '@adonisjs/drive/services/main'
import { disk, s3 } from '#config/drive'
import { ServiceUnavailable } from '#core/http/problem'

/**
 * Keeps a stream of unknown length on the default disk, with flat memory.
 * Drive's S3 driver would need the length beforehand; S3's multipart upload
 * (5 MiB a part) does not, and leaves nothing behind when it is given up.
 *
 * @throws ServiceUnavailable when the disk is full or S3 is gone, and whatever
 *   the stream fails with
 */
export async function putStream(key: string, bytes: Readable): Promise<void> {
  try {
    await (disk === 's3' ? upload(key, bytes) : drive.use().putStream(key, bytes))
  } catch (error) {
    throw bytes.errored ?? new ServiceUnavailable(5, error)
  }
}

async function upload(key: string, bytes: Readable) {
  const { S3Client } = await import('@aws-sdk/client-s3')
  const { Upload } = await import('@aws-sdk/lib-storage')
  const client = new S3Client(s3)
  const params = { Bucket: s3.bucket, Key: key, Body: bytes }
  try {
    await new Upload({ client, params, queueSize: 1 }).done()
  } finally {
    client.destroy()
  }
}
