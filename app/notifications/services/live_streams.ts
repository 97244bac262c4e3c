import app from '@adonisjs/core/services/app'
import { live } from '#config/notifications'
import { RateLimited } from '#core/http/problem'
import type { News } from '#notifications/domain/ledger_events'
import { liveChannel } from '#notifications/services/live_channel'
import type { LiveStream } from '#notifications/services/live_stream'

/** Seconds after which a refused client may ask again. */
const RETRY_AFTER = 30

/** The clients of this process that are looking on. */
class LiveStreams {
  readonly #streams = new Map<string, Set<LiveStream>>()
  #heart?: NodeJS.Timeout

  /** How many clients of a user look on here. */
  countOf(userId: string) {
    return this.#streams.get(userId)?.size ?? 0
  }

  /** Throws `RateLimited` when a user has too many already. */
  makeRoom(userId: string) {
    if (this.countOf(userId) < live.streams) return
    throw new RateLimited(
      { 'Retry-After': String(RETRY_AFTER) },
      `At most ${live.streams} live streams are open for you at once.`
    )
  }

  /** Keeps a stream until it is closed. */
  add(stream: LiveStream) {
    const theirs = this.#streams.get(stream.userId) ?? new Set()
    this.#streams.set(stream.userId, theirs.add(stream))
    this.#start()
    liveChannel.listen((userId, news) => this.#tell(userId, news))
  }

  remove(stream: LiveStream) {
    const theirs = this.#streams.get(stream.userId)
    theirs?.delete(stream)
    if (theirs?.size === 0) this.#streams.delete(stream.userId)
  }

  /** Says to every client that the server is alive, and looks for what it was not told. */
  async beat() {
    liveChannel.listen((userId, news) => this.#tell(userId, news))
    await Promise.all([...this.#all()].map((stream) => stream.beat()))
  }

  /** The server stops: clients go elsewhere. */
  close() {
    clearInterval(this.#heart)
    this.#heart = undefined
    for (const stream of this.#all()) stream.end()
  }

  /** Hooks run in reverse order: streams end before the HTTP server waits for its connections. */
  #start() {
    if (this.#heart) return
    this.#heart = setInterval(() => void this.beat(), live.heartbeat)
    this.#heart.unref()
    app.terminating(() => this.close())
  }

  #tell(userId: string, news: News) {
    for (const stream of this.#streams.get(userId) ?? []) void stream.tell(news)
  }

  *#all() {
    for (const theirs of this.#streams.values()) yield* theirs
  }
}

export const liveStreams = new LiveStreams()
