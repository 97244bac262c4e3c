import { Readable } from 'node:stream'
import { live } from '#config/notifications'

/** One event as it goes over the wire. */
export interface Frame {
  id: string
  event: string
  data: object
}

/**
 * The body of a `text/event-stream` (HTML Living Standard, 9.2). What its client doesn't read
 * waits here and in the kernel's buffers, up to a bound; then the client is cut off, and finds
 * what it missed when it comes again.
 */
export class EventStream extends Readable {
  #isStalled = false
  #isFinished = false

  constructor() {
    super({ highWaterMark: live.buffer / 4 })
    const timer = setTimeout(() => this.finish(), live.lifetime).unref()
    this.once('close', () => clearTimeout(timer))
    this.push(': welcome\n\n')
  }

  get isOver() {
    return this.destroyed || this.#isFinished
  }

  /** Whether its client reads fast enough to be told more. */
  get hasRoom() {
    return this.readableLength < live.buffer / 4
  }

  /** The client wants more: `room` is for whoever waited with more to tell. */
  override _read() {
    this.emit('room')
  }

  send({ id, event, data }: Frame) {
    this.#write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  /** Keeps proxies and clients from taking silence for death. */
  beat() {
    const isWaiting = this.readableLength > 0
    if (this.#isStalled && isWaiting) return this.#cut()
    this.#isStalled = isWaiting
    this.#write(': still here\n\n')
  }

  /** Says goodbye: the client may come again. */
  finish() {
    if (this.isOver) return
    this.#isFinished = true
    this.push(null)
  }

  #write(text: string) {
    if (this.isOver) return
    if (this.readableLength + Buffer.byteLength(text) > live.buffer) this.#cut()
    else this.push(text)
  }

  #cut() {
    this.destroy(new Error('The client reads too slowly'))
  }
}
