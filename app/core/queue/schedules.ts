import { isDeepStrictEqual } from 'node:util'
import type { JobRegistry } from '#core/queue/job_registry'
import type { QueueManager } from '#core/queue/queue_manager'
import { queueNames } from '#core/queue/queues'

/** A job that runs by the clock, once however many workers there are. */
export interface Schedule {
  /** Names the schedule in Redis; no colons. */
  id: string
  /** Five or six fields; the sixth, in front, is the second. */
  cron: string
  timeZone?: string
  /** The job's name in `config/queue.ts`. */
  job: string
  payload?: Record<string, string | number | boolean>
}

/** Makes the schedules in Redis those of `start/schedule.ts`. */
export class Schedules {
  readonly #manager: QueueManager
  readonly #registry: JobRegistry
  readonly #table: Schedule[]

  constructor(manager: QueueManager, registry: JobRegistry, table: Schedule[]) {
    this.#manager = manager
    this.#registry = registry
    this.#table = table
  }

  /** Adds what is missing or different and removes what is no longer in the table. */
  async sync() {
    const wanted = await Promise.all(
      this.#table.map(async (schedule) => {
        const { queue } = await this.#registry.find(schedule.job)
        return { ...schedule, timeZone: schedule.timeZone ?? 'UTC', queue }
      })
    )

    for (const name of queueNames) {
      const queue = await this.#manager.open(name)
      const schedulers = await queue.getJobSchedulers()
      const present = new Map(schedulers.map((scheduler) => [scheduler.key, scheduler]))

      for (const { id, cron, timeZone, job, payload } of wanted.filter((s) => s.queue === name)) {
        const known = present.get(id)
        present.delete(id)
        const isSame =
          known?.pattern === cron &&
          known.tz === timeZone &&
          known.name === job &&
          isDeepStrictEqual(known.template?.data ?? {}, payload ?? {})
        if (isSame) continue

        await queue.upsertJobScheduler(
          id,
          { pattern: cron, tz: timeZone },
          { name: job, data: payload ?? {}, opts: this.#manager.optionsOf(name) }
        )
      }

      for (const id of present.keys()) await queue.removeJobScheduler(id)
    }
  }
}
