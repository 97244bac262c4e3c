import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { once } from 'node:events'

/** A port that leads to another one, until it swallows what it is given or is cut. */
export class Tunnel {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isSilent = false

  constructor(target: { host: string; port: number }) {
    this.#server = createServer((near) => this.#join(near, connect(target)))
  }

  get port() {
    return (this.#server.address() as AddressInfo).port
  }

  async open() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  /** From now on nothing gets through, and nobody is told. */
  silence() {
    this.#isSilent = true
    for (const socket of this.#sockets) socket.unpipe().resume()
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket, far: Socket) {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#sockets.add(socket)
      socket.on('error', () => other.destroy()).on('close', () => other.destroy())
      if (!this.#isSilent) socket.pipe(other)
      else socket.resume()
    }
  }
}
