import drive from '@adonisjs/drive/services/main'
import {
  SAMPLE_BYTES,
  inspectStatement,
  type StatementLayout,
} from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type Import from '#transactions/models/import'

/** Recognises an import's file from its first bytes. Throws `StatementRefused`. */
export async function layoutOf(record: Import, currency: string): Promise<StatementLayout> {
  const head = await firstBytes(await drive.use().getStream(record.fileKey))
  return inspectStatement(head, {
    currency,
    format: record.format,
    mapping: withEncoding(record),
    complete: head.length === record.fileSize,
  })
}

/** The encoding was found out from more than the first bytes, when the file came. */
function withEncoding({ mapping, detection }: Import): Mapping | undefined {
  if (!detection) return mapping ?? undefined
  return { encoding: detection.encoding.value, ...mapping }
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
