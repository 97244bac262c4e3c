import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { discardBody } from '#core/http/body/read_body'
import { finished } from 'node:stream/promises'
import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream'
import { MalformedRequest, PayloadTooLarge, Problem } from '#core/http/problem'

/** What boundaries and part headers may add to a body. */
const OVERHEAD = 64 * 1024

/** The bytes of one part, counted and hashed as they pass. */
export class PartBytes extends Transform {
  #size = 0
  #hash = createHash('sha256')

  constructor(private limit: number) {
    super()
  }

  /** Of all bytes, those included that the reader left over. */
  async sha256(): Promise<string> {
    await finished(this.resume())
    return this.#hash.digest('base64url')
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
    this.#size += chunk.length
    if (this.#size > this.limit) {
      return done(new PayloadTooLarge(this.limit))
    }
    this.#hash.update(chunk)
    done(null, chunk)
  }
}

export type Part = {
  name: string
  fileName: string | undefined
  mimeType: string
  bytes: PartBytes
}

type Limits = {
  parts: number

  /** Bytes of a part, by its name. */
  bytes: (name: string) => number

  /** Bytes of everything. */
  total: number
}

/**
 * Splits a multipart body into its parts as it arrives and waits for what
 * `handle` makes of each. The first failure, of the body or of a handler, ends
 * everything: open parts error, the rest of the body is dropped, and the promise
 * is rejected once every handler is done.
 */
export function receiveParts(
  request: IncomingMessage,
  limits: Limits,
  handle: (part: Part) => Promise<void>
): Promise<void> {
  return new Promise((resolve, reject) => {
    new Reception(request, limits, handle, resolve, reject).start()
  })
}

class Reception {
  #received = 0
  #settled = false
  #open = new Set<PartBytes>()
  #handlers: Promise<void>[] = []

  constructor(
    private request: IncomingMessage,
    private limits: Limits,
    private handle: (part: Part) => Promise<void>,
    private resolve: () => void,
    private reject: (error: unknown) => void
  ) {}

  start() {
    const { request, limits } = this
    if (Number(request.headers['content-length'] ?? 0) > limits.total + OVERHEAD) {
      return this.#fail(new PayloadTooLarge(limits.total))
    }
    this.#guard(() => {
      const parser = this.#parser()
      request.on('error', () => this.#fail(cutOff()))
      request.on('close', () => request.complete || this.#fail(cutOff()))
      request.on('data', (chunk: Buffer) => this.#write(parser, chunk))
      request.on('end', () => this.#settled || this.#guard(() => parser.end()))
    })
  }

  #parser() {
    const parser = new Busboy({
      headers: { 'content-type': '', ...this.request.headers },
      limits: { parts: this.limits.parts, headerPairs: 10, headerSize: 8 * 1024 },
      isPartAFile: () => true,
      preservePath: true,
    })
    parser.on('file', (name, stream, fileName, _encoding, mimeType) =>
      this.#guard(() => this.#part(stream, { name: name ?? '', fileName, mimeType }))
    )
    parser.on('partsLimit', () => this.#fail(new MalformedRequest('Too many parts.')))
    parser.on('error', () => this.#fail(new MalformedRequest('The multipart body is broken.')))
    parser.on('finish', () => this.#finish())
    return parser
  }

  #write(parser: BusboyInstance, chunk: Buffer) {
    if (this.#settled) {
      return
    }
    this.#received += chunk.length
    if (this.#received > this.limits.total + OVERHEAD) {
      return this.#fail(new PayloadTooLarge(this.limits.total))
    }
    this.request.pause()
    this.#guard(() => parser.write(chunk, () => this.request.resume()))
  }

  #part(stream: Readable, { name, fileName, mimeType }: Omit<Part, 'bytes'>) {
    const bytes = new PartBytes(this.limits.bytes(name))
    bytes.on('error', (error) => error instanceof Problem && this.#fail(error))
    this.#open.add(bytes)
    if (this.#settled) {
      bytes.destroy()
    }
    const handled = this.handle({ name, fileName, mimeType, bytes })
    this.#handlers.push(handled)
    handled.catch((error) => this.#fail(error))

    pipeline(stream, bytes, (error) => {
      this.#open.delete(bytes)
      if (error) {
        handled.then(() => this.#fail(error)).catch(() => {})
      }
    })
  }

  #guard(work: () => void) {
    try {
      work()
    } catch (error) {
      this.#fail(new MalformedRequest('The multipart body is broken.', error))
    }
  }

  #fail(error: unknown) {
    if (this.#settled) {
      return
    }
    this.#settled = true
    discardBody(this.request)
    for (const bytes of this.#open) {
      bytes.destroy(error instanceof Error ? error : new Error(String(error)))
    }
    void Promise.allSettled(this.#handlers).then(() => this.reject(error))
  }

  async #finish() {
    try {
      await Promise.all(this.#handlers)
    } catch {
      return
    }
    if (!this.#settled) {
      this.#settled = true
      this.resolve()
    }
  }
}

function cutOff() {
  return new MalformedRequest('The body ended early.')
}
