import { BaseCommand, flags } from '@adonisjs/core/ace'
import { saidOf } from '#core/console/said_of'
import { QueueInspector } from '#core/queue/inspector'
import type { ActiveJob, OutboxStatus, QueueStatus, ScheduleStatus } from '#core/queue/queue_status'

/** Null while Redis is away. */
interface InRedis {
  queues: QueueStatus[] | null
  active: ActiveJob[] | null
  schedules: ScheduleStatus[] | null
}

export default class QueueStatusCommand extends BaseCommand {
  static commandName = 'queue:status'
  static description = 'Show the queues, the schedules and the outbox'
  static options = { startApp: true }

  @flags.boolean({ description: 'As one JSON object' })
  declare json: boolean

  async run() {
    try {
      const inspector = await this.app.container.make(QueueInspector)
      const [inRedis, outbox] = await Promise.all([
        this.#inRedis(inspector).catch((error) => this.#tellAway(error)),
        inspector.outbox(),
      ])
      const { queues, active, schedules } = inRedis
      if (this.json) {
        this.logger.log(JSON.stringify({ queues, active, schedules, outbox }, null, 2))
        return
      }
      if (queues) this.#drawQueues(queues)
      if (active && active.length > 0) this.#drawActive(active)
      if (schedules) this.#drawSchedules(schedules)
      this.#tellOutbox(outbox)
    } catch (error) {
      this.logger.error(saidOf(error))
      this.exitCode = 1
    }
  }

  async #inRedis(inspector: QueueInspector): Promise<InRedis> {
    const [queues, active, schedules] = await Promise.all([
      inspector.statuses(),
      inspector.allActive(),
      inspector.schedules(),
    ])
    return { queues, active, schedules }
  }

  /** What Postgres knows is shown nevertheless. */
  #tellAway(error: unknown): InRedis {
    this.logger.error(saidOf(error))
    this.exitCode = 1
    return { queues: null, active: null, schedules: null }
  }

  #drawQueues(queues: QueueStatus[]) {
    const table = this.ui.table()
    table.head([
      'Queue',
      'Waiting',
      'Oldest',
      'Active',
      'Delayed',
      'Completed',
      'Failed',
      'Dead',
      'Workers',
      '',
    ])
    for (const { queue, isPaused, oldestWaitingSeconds, workers, ...counts } of queues) {
      table.row([
        queue,
        String(counts.waiting),
        oldestWaitingSeconds === null ? '' : `${oldestWaitingSeconds} s`,
        String(counts.active),
        String(counts.delayed),
        String(counts.completed),
        String(counts.failed),
        String(counts.dead),
        workers === null ? '?' : String(workers),
        isPaused ? 'paused' : '',
      ])
    }
    table.render()
  }

  #drawActive(jobs: ActiveJob[]) {
    const table = this.ui.table()
    table.head(['Running', 'Id', 'Queue', 'Since', 'Progress'])
    for (const { job, id, queue, startedAt, progress } of jobs) {
      const share = progress ? `${Math.round(progress * 100)} %` : ''
      table.row([job, id, queue, startedAt?.toISOString() ?? '', share])
    }
    table.render()
  }

  #drawSchedules(schedules: ScheduleStatus[]) {
    const table = this.ui.table()
    table.head(['Schedule', 'Job', 'Queue', 'When', 'Next run'])
    for (const { id, job, queue, cron, timeZone, nextRunAt } of schedules) {
      table.row([id, job, queue, `${cron} ${timeZone}`, nextRunAt?.toISOString() ?? ''])
    }
    table.render()
  }

  #tellOutbox({ open, unsent, later, failed, lagSeconds }: OutboxStatus) {
    this.logger.log(
      `outbox: ${open} open, ${later} of them for later, ${unsent} due and not sent (for ${lagSeconds} s), ${failed} failed for good`
    )
  }
}
