import drive from '@adonisjs/drive/services/main'
import { inspectLayout, SAMPLE_BYTES, type CsvLayout } from '#transactions/domain/csv/layout'
import type Import from '#transactions/models/import'

/** Recognises an import's file from its first bytes. Throws `CsvRefused`. */
export async function layoutOf(record: Import, currency: string): Promise<CsvLayout> {
  const head = await firstBytes(await drive.use().getStream(record.fileKey))
  return inspectLayout(head, {
    currency,
    mapping: record.mapping ?? undefined,
    complete: head.length === record.fileSize,
  })
}

async function firstBytes(stream: AsyncIterable<Buffer>) {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of stream) {
    parts.push(part)
    length += part.length
    if (length >= SAMPLE_BYTES) break
  }
  return Buffer.concat(parts).subarray(0, SAMPLE_BYTES)
}
