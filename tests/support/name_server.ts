import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'

interface Addresses {
  A?: string[]
  AAAA?: string[]
}

const TYPES: Record<number, keyof Addresses | undefined> = { 1: 'A', 28: 'AAAA' }

/** A name server (RFC 1035) that knows the names it is told, and says nothing about `silent.…`. */
export class NameServer {
  readonly asked: string[] = []
  readonly #socket = createSocket('udp4')
  readonly #zone: Record<string, Addresses>

  private constructor(zone: Record<string, Addresses>) {
    this.#zone = zone
    this.#socket.on('message', (message, sender) => this.#answer(message, sender))
  }

  static async start(zone: Record<string, Addresses>) {
    const server = new NameServer(zone)
    server.#socket.bind(0, '127.0.0.1')
    await once(server.#socket, 'listening')
    return server
  }

  get address() {
    return `127.0.0.1:${this.#socket.address().port}`
  }

  stop() {
    this.#socket.close()
  }

  #answer(message: Buffer, { port, address }: RemoteInfo) {
    const labels: string[] = []
    let end = 12
    while (message[end] !== 0) {
      labels.push(message.toString('latin1', end + 1, end + 1 + message[end]))
      end += 1 + message[end]
    }
    const name = labels.join('.').toLowerCase()
    const type = TYPES[message.readUInt16BE(end + 1)]
    this.asked.push(`${name} ${type}`)
    if (name.startsWith('silent.')) return

    const known = this.#zone[name]
    const records = ((type && known?.[type]) ?? []).map(recordOf)
    const header = Buffer.alloc(12)
    message.copy(header, 0, 0, 2)
    header.writeUInt16BE(known ? 0x8180 : 0x8183, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(records.length, 6)
    const reply = Buffer.concat([header, message.subarray(12, end + 5), ...records])
    this.#socket.send(reply, port, address)
  }
}

/** A resource record of the name that was asked about, good for this moment only. */
function recordOf(address: string) {
  const isV6 = address.includes(':')
  const data = isV6 ? bytesOf6(address) : Buffer.from(address.split('.').map(Number))
  const head = Buffer.from('c00c00000001000000000000', 'hex')
  head.writeUInt16BE(isV6 ? 28 : 1, 2)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function bytesOf6(address: string) {
  const [front, back] = address.split('::').map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => group.padStart(4, '0'))
      .join('')
  )
  return Buffer.from(front + (back ?? '').padStart(32 - front.length, '0'), 'hex')
}
