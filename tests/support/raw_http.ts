import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import server from '@adonisjs/core/services/server'

/** Where the tests' server listens. */
export function serverAddress() {
  return server.getNodeServer()!.address() as AddressInfo
}

export interface RawRequest {
  headers?: Record<string, string>
  body: Buffer | string
  /** Stop here, in the middle, and hang up after a while. */
  truncated?: boolean
}

/** The status line a POST of these very bytes gets; 0 when the connection just ended. */
export async function postRaw(path: string, { headers = {}, body, truncated }: RawRequest) {
  const { port } = serverAddress()
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const bytes = Buffer.from(body as string)
  const all = {
    'host': 'localhost',
    'connection': 'close',
    'content-length': String(bytes.length),
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
  socket.on('error', () => {})
  const ended = once(socket, 'close')
  socket.write(`POST ${path} HTTP/1.1\r\n${head.join('')}\r\n`)
  socket.write(bytes)
  if (truncated) {
    await sleep(100)
    socket.end()
  }
  await Promise.race([ended, sleep(6_000)])
  socket.destroy()
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0), answer }
}
