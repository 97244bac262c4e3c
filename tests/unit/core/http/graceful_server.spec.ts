import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { RequestListener } from 'node:http'
import { test } from '@japa/runner'
import { GracefulServer } from '#core/http/graceful_server'

const GRACE = 300
const REQUEST = 'GET / HTTP/1.1\r\nhost: finora\r\n\r\n'

async function listening(listener: RequestListener) {
  const server = new GracefulServer(listener, GRACE)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function connected(server: GracefulServer) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function textOf(socket: Socket) {
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

/** Closes, and gives the milliseconds until the last connection had ended. */
async function timeToClose(server: GracefulServer) {
  const start = performance.now()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return performance.now() - start
}

test.group('Graceful server', (group) => {
  group.each.timeout(10_000)

  test('does not wait for a connection on which nothing was asked', async ({ assert }) => {
    const server = await listening((_, response) => response.end('here'))
    const accepted = once(server, 'connection')
    await connected(server)
    await accepted

    assert.isBelow(await timeToClose(server), GRACE / 2)
  })

  test('does not wait for clients that keep their connection', async ({ assert }) => {
    const server = await listening((_, response) => response.end('here'))
    const socket = await connected(server)
    socket.write(REQUEST)
    await once(socket, 'data')

    assert.isBelow(await timeToClose(server), GRACE / 2)
  })

  test('finishes what is being answered, and says that it is the last', async ({ assert }) => {
    const server = await listening((_, response) => {
      setTimeout(() => response.end('finished'), 50)
    })
    const socket = await connected(server)
    const asked = once(server, 'request')
    socket.write(REQUEST)
    await asked

    const [text] = await Promise.all([textOf(socket), timeToClose(server)])

    assert.match(text, /connection: close/i)
    assert.match(text, /finished/)
  })

  test('ends a connection whose answer had begun before', async ({ assert }) => {
    const server = await listening((_, response) => {
      response.write('begun ')
      setTimeout(() => response.end('finished'), 50)
    })
    const socket = await connected(server)
    socket.write(REQUEST)
    await once(socket, 'readable')

    const [text, milliseconds] = await Promise.all([textOf(socket), timeToClose(server)])

    assert.match(text, /begun [^]*finished/)
    assert.isBelow(milliseconds, GRACE - 50)
  })

  test('cuts what still runs after the grace', async ({ assert }) => {
    const server = await listening(() => {})
    const socket = await connected(server)
    const asked = once(server, 'request')
    socket.write(REQUEST)
    await asked

    assert.isAtLeast(await timeToClose(server), GRACE - 5)
  })
})
