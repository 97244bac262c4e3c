import { eventually } from '#tests/support/eventually'

/** One event as a client reads it. */
export interface LiveEvent {
  id: string
  event: string
  data: any
}

/** A client that looks on. */
export class LiveClient {
  readonly events: LiveEvent[] = []
  readonly comments: string[] = []
  readonly #response: Response
  readonly #abort: AbortController
  #rest = ''
  #isOver = false

  private constructor(response: Response, abort: AbortController) {
    this.#response = response
    this.#abort = abort
    void this.#read()
  }

  /** @param url of the server; this process's own unless given */
  static async open(
    token: string,
    { url = ownUrl(), lastEventId }: { url?: string; lastEventId?: string } = {}
  ) {
    const abort = new AbortController()
    const response = await fetch(`${url}/api/v1/notifications/events`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId && { 'last-event-id': lastEventId }),
      },
      signal: abort.signal,
    })
    return new LiveClient(response, abort)
  }

  get status() {
    return this.#response.status
  }

  get headers() {
    return this.#response.headers
  }

  /** Whether the server has ended it. */
  get isOver() {
    return this.#isOver
  }

  /** Events of a name so far. */
  of(event: string) {
    return this.events.filter((each) => each.event === event)
  }

  /** The first of this name that fits, once it is there. */
  next(event: string, fits: (data: any) => boolean = () => true, within = 5_000) {
    return eventually(
      () => this.of(event).find(({ data }) => fits(data)),
      within
    ) as Promise<LiveEvent>
  }

  close() {
    this.#abort.abort()
  }

  async #read() {
    try {
      const decoder = new TextDecoder()
      for await (const chunk of this.#response.body!) {
        this.#rest += decoder.decode(chunk as Uint8Array, { stream: true })
        const frames = this.#rest.split('\n\n')
        this.#rest = frames.pop()!
        for (const frame of frames) this.#take(frame)
      }
    } catch {
      /** Closed by this client, or cut off by the server. */
    }
    this.#isOver = true
  }

  #take(frame: string) {
    if (frame.startsWith(':')) {
      this.comments.push(frame)
      return
    }
    const lines = frame.split('\n').map((line) => line.split(/: (.*)/s))
    const { id, event, data } = Object.fromEntries(lines)
    this.events.push({ id, event, data: JSON.parse(data) })
  }
}

export function ownUrl() {
  return `http://${process.env.HOST}:${process.env.PORT}`
}
