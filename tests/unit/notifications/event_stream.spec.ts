import { once } from 'node:events'
import { test } from '@japa/runner'
import { live } from '#config/notifications'
import { EventStream } from '#notifications/services/event_stream'

const frame = { id: '1.1', event: 'ledger', data: { text: 'two\nlines' } }

test.group('Event stream', () => {
  test('writes what a client of server-sent events reads', async ({ assert }) => {
    const stream = new EventStream()
    stream.send(frame)
    stream.finish()

    const chunks = await stream.toArray()

    assert.equal(
      Buffer.concat(chunks).toString(),
      ': welcome\n\nid: 1.1\nevent: ledger\ndata: {"text":"two\\nlines"}\n\n'
    )
  })

  test('is cut off when more waits than may', async ({ assert }) => {
    const stream = new EventStream()
    const failed = once(stream, 'error')

    for (let size = 0; size < live.buffer && !stream.destroyed; size += 1_000) {
      stream.send({ ...frame, data: { text: 'x'.repeat(1_000) } })
    }

    const [error] = await failed
    assert.match(error.message, /too slowly/)
    assert.isTrue(stream.isOver)
  })

  test('is cut off when nothing was read between two heartbeats', async ({ assert }) => {
    const stream = new EventStream()
    const failed = once(stream, 'error')

    stream.beat()
    const survived = !stream.isOver
    stream.beat()

    await failed
    assert.isTrue(survived)
    assert.isTrue(stream.isOver)
  })

  test('lives on while it is read', ({ assert }) => {
    const stream = new EventStream()
    stream.on('data', () => {})

    for (let beat = 0; beat < 3; beat++) {
      stream.read()
      stream.beat()
    }

    assert.isFalse(stream.isOver)
    stream.finish()
  })

  test('takes nothing after its end', ({ assert }) => {
    const stream = new EventStream()

    stream.finish()
    stream.finish()

    assert.doesNotThrow(() => stream.send(frame))
  })
})
