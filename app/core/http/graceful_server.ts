import { Server } from 'node:http'
import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How long a request may still run once the server closes, in milliseconds. */
const GRACE = 20_000

/**
 * An HTTP server that ends when it is told to. Node's own waits for connections on
 * which nothing was ever asked (browsers and balancers open them ahead) and for
 * clients that keep theirs alive; this one ends each as soon as nothing is being
 * answered on it, tells clients so, and cuts what still runs after the grace.
 */
export class GracefulServer extends Server {
  readonly #busy = new Map<Socket, Set<ServerResponse>>()
  #isClosing = false

  constructor(
    listener: RequestListener,
    readonly grace = GRACE
  ) {
    super()
    this.on('connection', (socket) => this.#welcome(socket))
    this.on('request', (request, response) => this.#follow(request.socket, response))
    this.on('request', listener)
  }

  /** Resolves through the callback when the last connection has ended. */
  override close(callback?: (error?: Error) => void): this {
    this.#isClosing = true
    const deadline = setTimeout(() => this.closeAllConnections(), this.grace)
    super.close((error) => {
      clearTimeout(deadline)
      callback?.(error)
    })
    for (const [socket, responses] of this.#busy) {
      if (responses.size === 0) socket.destroy()
      for (const response of responses) sayGoodbye(response)
    }
    return this
  }

  #welcome(socket: Socket) {
    this.#busy.set(socket, new Set())
    socket.once('close', () => this.#busy.delete(socket))
    if (this.#isClosing) socket.destroy()
  }

  #follow(socket: Socket, response: ServerResponse) {
    const responses = this.#busy.get(socket)
    if (!responses) return

    responses.add(response)
    if (this.#isClosing) sayGoodbye(response)
    response.once('close', () => {
      responses.delete(response)
      if (this.#isClosing && responses.size === 0) socket.end()
    })
  }
}

/** A client that is told doesn't send its next request on a connection that ends. */
function sayGoodbye(response: ServerResponse) {
  if (!response.headersSent) response.setHeader('connection', 'close')
}
