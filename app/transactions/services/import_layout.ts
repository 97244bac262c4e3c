import drive from '@adonisjs/drive/services/main'
import {
  SAMPLE_BYTES,
  inspectStatement,
  type StatementLayout,
} from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import type Import from '#transactions/models/import'
import type Account from '#wallet/models/account'

/** What of an account tells how to read its statements. */
export type StatedAccount = Pick<Account, 'currency' | 'type'>

/** Recognises an import's file from its first bytes. Throws `StatementRefused`. */
export async function layoutOf(
  record: Import,
  { currency, type }: StatedAccount
): Promise<StatementLayout> {
  const head = await firstBytes(await drive.use().getStream(record.fileKey))
  return inspectStatement(head, {
    currency,
    isCard: type === 'credit',
    format: record.format,
    mapping: withEncoding(record),
    columnsBefore: record.detection?.columns?.value,
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
