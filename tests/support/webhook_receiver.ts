import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '#tests/support/eventually'

/** Where tests' receivers may be: no other address of this machine is called. */
export const ALLOWED = '127.0.0.2'
export const REFUSED = '127.0.0.1'

export interface Letter {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

type Answer = number | ((response: ServerResponse) => void)

/** Somebody who hears of events by HTTP, and answers as told. */
export class WebhookReceiver {
  readonly letters: Letter[] = []
  readonly #answers: Answer[] = []
  #server!: Server

  /** @param host the address of this machine that it listens at */
  static async start(host = ALLOWED) {
    const receiver = new WebhookReceiver()
    await receiver.#listen(host)
    return receiver
  }

  /** What comes next is answered like this, one after the other; then with 204. */
  answers(...answers: Answer[]) {
    this.#answers.push(...answers)
    return this
  }

  get url() {
    const { address, port } = this.#server.address() as AddressInfo
    return `http://${address}:${port}/hook`
  }

  get port() {
    return (this.#server.address() as AddressInfo).port
  }

  /** Every event that came, in the order it came in. */
  get events() {
    return this.letters.map(({ body }) => JSON.parse(body))
  }

  /** Resolves once this many letters came. */
  async has(count: number, within?: number) {
    await eventually(() => this.letters.length >= count, within)
  }

  async stop() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #listen(host: string) {
    this.#server = createServer(async (request, response) => {
      const chunks = await request.toArray()
      const body = Buffer.concat(chunks).toString()
      this.letters.push({ path: request.url!, headers: request.headers, body })
      const answer = this.#answers.shift() ?? 204
      if (typeof answer === 'number') response.writeHead(answer).end()
      else answer(response)
    })
    this.#server.listen(0, host)
    await once(this.#server, 'listening')
  }
}

/** Sends elsewhere. */
export function redirect(location: string, status = 307): Answer {
  return (response) => response.writeHead(status, { location }).end()
}

/** Never answers. */
export const silence: Answer = () => {}
