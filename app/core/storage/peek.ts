import type { Readable } from 'node:stream'

/**
 * The first bytes of a stream (fewer only when there are no more), and the stream
 * from its beginning. Nothing else may read the stream.
 */
export async function peek(
  bytes: Readable,
  length: number
): Promise<{ head: Buffer; all: AsyncIterable<Buffer> }> {
  const source: AsyncIterableIterator<Buffer> = bytes[Symbol.asyncIterator]()
  const seen: Buffer[] = []
  for (let size = 0; size < length;) {
    const { value, done } = await source.next()
    if (done) break
    seen.push(value)
    size += value.length
  }
  return { head: Buffer.concat(seen).subarray(0, length), all: from(seen, source) }
}

async function* from(seen: Buffer[], rest: AsyncIterable<Buffer>) {
  yield* seen
  yield* rest
}
