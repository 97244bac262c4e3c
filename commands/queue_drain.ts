import { setTimeout as sleep } from 'node:timers/promises'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { saidOf } from '#core/console/said_of'
import { QueueInspector } from '#core/queue/inspector'
import { queueNamed, type QueueName } from '#core/queue/queues'

/** Between two looks (milliseconds). */
const PAUSE = 500

export default class QueueDrain extends BaseCommand {
  static commandName = 'queue:drain'
  static description = 'Wait until a queue has nothing left to do, or throw away what waits'
  static options = { startApp: true }

  @args.string({ description: 'The queue' })
  declare queue: string

  @flags.boolean({ description: 'Throw away the jobs that wait, instead of waiting for them' })
  declare discard: boolean

  @flags.boolean({ description: 'With --discard: also what the outbox would send again' })
  declare outbox: boolean

  @flags.boolean({ description: 'Throw away without asking' })
  declare force: boolean

  @flags.number({ description: 'Wait no longer than this many seconds' })
  declare timeout?: number

  async run() {
    try {
      const queue = queueNamed(this.queue)
      if (this.outbox && !this.discard) return this.#refuse('--outbox goes with --discard')
      const inspector = await this.app.container.make(QueueInspector)
      await (this.discard ? this.#discard(inspector, queue) : this.#wait(inspector, queue))
    } catch (error) {
      this.logger.error(saidOf(error))
      this.exitCode = 1
    }
  }

  async #wait(inspector: QueueInspector, queue: QueueName) {
    const deadline = Date.now() + (this.timeout ?? Infinity) * 1_000
    for (;;) {
      const [left, outbox, { isPaused, workers }] = await Promise.all([
        inspector.left(queue),
        inspector.outbox(queue),
        inspector.status(queue),
      ])
      const due = outbox.open - outbox.later
      if (left === 0 && due === 0) {
        this.logger.success(`${queue} is empty`)
        if (outbox.later > 0) this.logger.info(`the outbox has ${outbox.later} for later`)
        return
      }

      const waitsFor = `${queue}: ${left} jobs left, the outbox holds ${due}`
      if (isPaused || Date.now() > deadline) {
        this.logger.error(isPaused ? `${waitsFor}, and the queue is paused` : waitsFor)
        this.exitCode = 1
        return
      }
      if (workers === 0) this.logger.warning(`${waitsFor}, and nobody works on it`)
      await sleep(PAUSE)
    }
  }

  async #discard(inspector: QueueInspector, queue: QueueName) {
    const where = this.outbox ? `${queue} and in the outbox` : queue
    const question = `Throw away the jobs that wait in ${where}?`
    if (!this.force && !(await this.prompt.confirm(question))) return
    if (this.outbox) return this.#discardAll(inspector, queue)

    const discarded = await inspector.discard(queue)
    this.logger.success(`${discarded} jobs thrown away`)
    const { open } = await inspector.outbox(queue)
    if (open === 0) return
    this.logger.warning(`the outbox holds ${open} jobs of this queue and sends them again`)
  }

  /** The outbox first: it would send again what is gone from Redis. */
  async #discardAll(inspector: QueueInspector, queue: QueueName) {
    const jobs = await inspector.discardOutbox(queue)
    const discarded = await inspector.discard(queue)
    const givenUp = Object.values(jobs).reduce((sum, count) => sum + count, 0)
    this.logger.success(`${discarded} jobs thrown away, ${givenUp} of the outbox given up`)
    for (const [job, count] of Object.entries(jobs)) this.logger.log(`${job}: ${count}`)
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}
