import { isAscii } from 'node:buffer'
import { SAMPLE_BYTES } from '#transactions/domain/statements/inspection'

/** As many bytes as say enough of an encoding. */
const ENOUGH = SAMPLE_BYTES

/**
 * Passes the bytes of a file on and keeps the first that are no ASCII, if the sample it
 * begins with has none: an encoding can't be told from ASCII.
 */
export class FartherBytes {
  readonly #parts: Buffer[] = []
  #position = 0
  #length = 0

  /** Undefined when the sample says enough, or nothing does. */
  get found(): Buffer | undefined {
    return this.#length > 0 ? Buffer.concat(this.#parts) : undefined
  }

  async *watch(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let isSearching = true
    for await (const part of bytes) {
      if (isSearching) isSearching = this.#look(part)
      yield part
    }
  }

  /** Whether there is more to look for. */
  #look(part: Buffer): boolean {
    const isFound = this.#length > 0
    const from = isFound || isAscii(part) ? 0 : part.findIndex((byte) => byte > 0x7f)
    if (!isFound && isAscii(part)) {
      this.#position += part.length
      return true
    }
    if (!isFound && this.#position + from < SAMPLE_BYTES - UNFINISHED) return false
    const kept = Buffer.from(part.subarray(from, from + ENOUGH - this.#length))
    this.#parts.push(kept)
    this.#length += kept.length
    return this.#length < ENOUGH
  }
}

/** Of a character of UTF-8 that the end of the sample may cut. */
const UNFINISHED = 3
