import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { serverAddress } from '#tests/support/raw_http'

/** A client that takes its time: it reads no more than it is told to. */
export class Download {
  /** Resolves with the head of the answer. */
  static async open(path: string, accessToken: string): Promise<Download> {
    const { port } = serverAddress()
    const request = get({
      port,
      path,
      headers: { authorization: `Bearer ${accessToken}` },
      agent: false,
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return new Download(response)
  }

  readonly #response: IncomingMessage
  readonly #closed: Promise<void>

  private constructor(response: IncomingMessage) {
    this.#response = response.on('error', () => {})
    this.#closed = new Promise((resolve) => response.once('close', resolve))
  }

  get status() {
    return this.#response.statusCode
  }

  /** Reads on to the end, whichever it is. */
  async rest(onChunk: (chunk: Buffer) => void = () => {}): Promise<{ isWhole: boolean }> {
    this.#response.on('data', onChunk)
    await this.#closed
    return { isWhole: this.#response.complete }
  }

  leave() {
    this.#response.destroy()
  }
}
