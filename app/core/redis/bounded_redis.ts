import app from '@adonisjs/core/services/app'
import redis from '@adonisjs/redis/services/main'
import { OutageLog } from '#core/queue/outage_log'

/** How long a request waits for Redis, and how long Redis is left alone after that (milliseconds). */
const PATIENCE = 500
const REST = 2_000

type Connection = ReturnType<typeof redis.connection>['ioConnection']

/** Asks Redis for what can be done without: in bounded time, or not at all. */
export class BoundedRedis {
  readonly #consequence: string
  readonly #outages = new OutageLog()
  #restsUntil = 0

  /** @param consequence what an operator reads when Redis doesn't answer */
  constructor(consequence: string) {
    this.#consequence = consequence
  }

  /**
   * Whether somebody in a hurry should ask. The connection opens at the first
   * question; until it stands, nobody waits for it.
   */
  get isReady() {
    if (!this.#isWilling) return false

    const connection = this.#connection
    if (connection.status === 'wait') connection.connect().catch(() => {})
    return connection.status === 'ready'
  }

  /** The answer, or undefined when there is none in time. */
  async ask<T>(question: (connection: Connection) => Promise<T>): Promise<T | undefined> {
    return this.#isWilling ? this.#answerTo(question) : undefined
  }

  /**
   * For what Redis must hear if it hears anything: sent on a connection that stands,
   * though Redis was slow a moment ago.
   */
  async tell<T>(message: (connection: Connection) => Promise<T>): Promise<T | undefined> {
    const stands = this.#connection.status === 'ready'
    return stands || this.#isWilling ? this.#answerTo(message) : undefined
  }

  async #answerTo<T>(question: (connection: Connection) => Promise<T>): Promise<T | undefined> {
    const patience = Promise.withResolvers<never>()
    const giveUp = () => patience.reject(new Error('Redis is slow'))
    /** What came while this process computed is read before patience ends. */
    const timer = setTimeout(() => setImmediate(giveUp), PATIENCE)
    try {
      return await Promise.race([question(this.#connection), patience.promise])
    } catch (error) {
      this.#restsUntil = performance.now() + REST
      this.#outages.warn(error, this.#consequence)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  /** A process that ends opens no connection: nobody would close it, and it would never end. */
  get #isWilling() {
    if (performance.now() < this.#restsUntil) return false
    const isEnding = app.isTerminating || app.isTerminated
    return !(isEnding && this.#connection.status === 'wait')
  }

  get #connection() {
    return redis.connection('main').ioConnection
  }
}
