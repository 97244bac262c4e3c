import { OutageLog } from '#core/queue/outage_log'
import type { Caller } from '#core/http/caller'
import { Unauthenticated } from '#core/http/problem'
import type { LedgerChange, News } from '#notifications/domain/ledger_events'
import type { LiveChanges, Position } from '#notifications/queries/live_changes'
import type { EventStream } from '#notifications/services/event_stream'
import NotificationTransformer from '#notifications/transformers/notification_transformer'

/** Notifications that are read at a time: less than a buffer holds. */
const PAGE = 25

/** More changes than this wait as one. */
const MOST_CHANGES = 100

const UNKNOWN: LedgerChange = { type: null, subject: null }

const outages = new OutageLog()

/**
 * One client that is looking on. Whatever brings it forward (a message, a heartbeat, its own
 * beginning), it reads what is new from Postgres, and asks in the same breath whether it still
 * may: nothing is told to whoever has signed out.
 */
export class LiveStream {
  readonly #caller: Caller
  readonly #body: EventStream
  readonly #changes: LiveChanges
  #at: Position
  #news: LedgerChange[] = []
  #isAdvancing = false
  #isAskedAgain = false

  constructor(caller: Caller, body: EventStream, changes: LiveChanges, at: Position) {
    this.#caller = caller
    this.#body = body
    this.#changes = changes
    this.#at = at
    body.on('room', () => {
      if (this.#isAskedAgain) void this.#run()
    })
  }

  get userId() {
    return this.#caller.userId
  }

  get isOver() {
    return this.#body.isOver
  }

  tell({ changes }: News) {
    this.#news.push(...changes)
    if (this.#news.length > MOST_CHANGES) this.#news = [UNKNOWN]
    return this.advance()
  }

  beat() {
    this.#body.beat()
    return this.advance()
  }

  end() {
    this.#body.finish()
  }

  /** Tells what is new, one page after the other, as fast as the client reads. */
  async advance() {
    this.#isAskedAgain = true
    await this.#run()
  }

  async #run() {
    if (this.#isAdvancing) return

    this.#isAdvancing = true
    try {
      while (this.#isAskedAgain && this.#body.hasRoom && !this.isOver) {
        this.#isAskedAgain = false
        await this.#advance()
      }
    } catch (error) {
      if (error instanceof Unauthenticated) this.end()
      else outages.warn(error, 'live streams wait for Postgres')
    } finally {
      this.#isAdvancing = false
    }
  }

  async #advance() {
    const changes = this.#news.splice(0)
    const { position, version } = this.#at
    const [now, notifications] = await this.#caller.readLater((reader) =>
      Promise.all([this.#changes.now(reader), this.#changes.since(reader, position, PAGE)])
    )

    for (const notification of notifications) {
      this.#at = { ...this.#at, position: notification.position }
      this.#send('notification', NotificationTransformer.transform(notification))
    }
    const isFull = notifications.length === PAGE
    const seen = isFull ? 0 : now.position
    this.#at = { position: Math.max(this.#at.position, seen), version: now.version }
    if (changes.length === 0 && now.version !== version) changes.push(UNKNOWN)
    for (const change of changes) this.#send('ledger', { version: now.version, ...change })
    if (isFull) this.#isAskedAgain = true
  }

  #send(event: string, data: object) {
    const { position, version } = this.#at
    this.#body.send({ id: `${position}.${version}`, event, data })
  }
}
