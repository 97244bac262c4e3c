import type { IncomingMessage } from 'node:http'
import { MalformedRequest, PayloadTooLarge } from '#core/http/problem'

/** How long a refused client may go on sending before its connection is cut. */
const PATIENCE_MS = 2_000

/**
 * The whole body, held in memory.
 *
 * @param limit bytes; what announces more is refused unread
 * @throws PayloadTooLarge, MalformedRequest when the client gives up
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    throw new PayloadTooLarge(limit)
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0

    const settle = (finish: () => void) => {
      request.off('data', collect).off('end', complete).off('close', abort)
      finish()
    }
    const collect = (chunk: Buffer) => {
      size += chunk.length
      chunks.push(chunk)
      if (size > limit) {
        settle(() => reject(new PayloadTooLarge(limit)))
      }
    }
    const complete = () => settle(() => resolve(Buffer.concat(chunks, size)))
    const abort = () => settle(() => reject(new MalformedRequest('The body ended early.')))

    request.on('error', ignore)
    request.on('data', collect).on('end', complete).on('close', abort)
  })
}

/**
 * For a body that was refused: the rest is read and dropped, so that the client
 * gets to see the answer, and cut off when it does not stop.
 */
export function discardBody(request: IncomingMessage) {
  if (request.complete || request.destroyed) {
    return
  }
  request.on('error', ignore)
  request.resume()
  const timer = setTimeout(() => request.complete || request.socket.destroy(), PATIENCE_MS)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}

/** An abort also ends in `close`, which is what the readers listen to. */
function ignore() {}
