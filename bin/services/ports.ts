/*
| TCP ports of this machine.
*/
import { connect, createServer } from 'node:net'
import { LaunchError } from './processes.ts'

async function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Whether nobody listens on the port, on any address of the machine. */
export async function isFree(port: number) {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    if (!(await canListen(port, host))) {
      return false
    }
  }
  return true
}

/** The first free port from `first` on. */
export async function nextFree(first: number) {
  for (let port = first; port < Math.min(first + 200, 65_536); port++) {
    if (await isFree(port)) {
      return port
    }
  }
  throw new LaunchError(`No free port from ${first} on.`)
}

/** The port used last time when it is still free, otherwise any free one. */
export async function freePort(previous?: number): Promise<number> {
  if (previous && (await isFree(previous))) {
    return previous
  }
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Whether something accepts connections there, within `timeout` milliseconds. */
export async function accepts(host: string, port: number, timeout = 2_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout })
    const finish = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => finish(true))
    socket.once('timeout', () => finish(false))
    socket.once('error', () => finish(false))
  })
}
