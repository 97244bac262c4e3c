import { Readable } from 'node:stream'
import { inject } from '@adonisjs/core'
import type { HttpContext, HttpRequest, HttpResponse } from '@adonisjs/core/http'
import { ValidationFailed } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import { text } from '#core/openapi/schema'
import { LiveChanges, type Position } from '#notifications/queries/live_changes'
import { EventStream } from '#notifications/services/event_stream'
import { LiveStream } from '#notifications/services/live_stream'
import { liveStreams } from '#notifications/services/live_streams'

const EVENT_ID = /^(\d{1,15})\.(\d{1,15})$/

@inject()
export default class EventStreamsController {
  constructor(protected changes: LiveChanges) {}

  @operation({
    summary: 'Follow what happens, live',
    description: [
      'A stream of server-sent events (`text/event-stream`) with the token in `Authorization`, as',
      'everywhere; never in the address. Browsers read it with `fetch`, since their `EventSource`',
      'sends no such header.',
      '',
      '- `notification`: one more, as `GET /notifications/{id}` shows it.',
      '- `ledger`: `{ version, type, subject: { type, id } | null }`, the ledger has changed: load',
      '  again what you show. `type` is the event, or null when all that is known is that something',
      '  changed. One comes at the start, with the version as it is.',
      '',
      'Send the `id` of the last event as `Last-Event-ID` when you come again: what you missed is',
      'told first. A comment comes every 15 seconds. The stream ends when the session or the token',
      'does, when the server stops, and after an hour: come again. A client that reads too slowly',
      'is cut off. Ten streams are open for a user at once (429).',
    ].join('\n'),
    responses: { 200: { schema: text(), contentType: 'text/event-stream' } },
    errors: ['ValidationFailed'],
  })
  async show({ caller, request, response }: HttpContext) {
    const last = lastEventOf(request)
    const now = await caller.read((reader) => this.changes.now(reader))
    if (request.method() === 'HEAD') return this.#open(response, Readable.from([]))

    liveStreams.makeRoom(caller.userId)
    const body = new EventStream()
    const position = Math.min(last?.position ?? Infinity, now.position)
    const version = last?.version ?? -1
    const stream = new LiveStream(caller, body, this.changes, { position, version })
    body.once('close', () => liveStreams.remove(stream))
    liveStreams.add(stream)
    this.#open(response, body)
    void stream.advance()
  }

  /** The connection ends with the stream, so that a server that stops has none to wait for. */
  #open(response: HttpResponse, body: Readable) {
    response.header('content-type', 'text/event-stream; charset=utf-8')
    response.header('cache-control', 'no-store, no-transform')
    response.header('x-accel-buffering', 'no')
    response.header('connection', 'close')
    response.stream(body)
  }
}

/** Throws `ValidationFailed` for an id that no event of ours has. */
function lastEventOf(request: HttpRequest): Position | null {
  const id = request.header('last-event-id')
  if (id === undefined) return null

  const [, position, version] = EVENT_ID.exec(id) ?? []
  if (version === undefined) {
    const message = 'The id is not one of an event of this stream'
    throw ValidationFailed.field('Last-Event-ID', 'lastEventId', message)
  }
  return { position: Number(position), version: Number(version) }
}
