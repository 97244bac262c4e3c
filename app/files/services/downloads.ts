import type { Readable } from 'node:stream'
import drive from '@adonisjs/drive/services/main'
import { disk, signedUrlLifetime } from '#config/drive'
import { attachment } from '#core/http/content_disposition'
import { ServiceUnavailable } from '#core/http/problem'
import type File from '#files/models/file'

/** Where S3 hands a file out for a few minutes; null where Finora sends it itself. */
export async function addressOf(file: File): Promise<string | null> {
  if (disk !== 's3') return null
  return drive.use().getSignedUrl(file.key, {
    expiresIn: signedUrlLifetime,
    contentType: file.mimeType,
    contentDisposition: attachment(file.name),
  })
}

/** The bytes of a file. Throws `ServiceUnavailable` when the disk doesn't give them. */
export async function bytesOf(file: File): Promise<Readable> {
  try {
    const size = await drive.use().getMetaData(file.key)
    if (size.contentLength !== file.size) throw new Error(`${file.key} is not what was kept`)
    return await drive.use().getStream(file.key)
  } catch (error) {
    throw new ServiceUnavailable(5, error)
  }
}
