import { inject } from '@adonisjs/core'
import type { DeadLetter } from '#core/queue/dead_letters'
import { Deliveries } from '#core/queue/deliveries'
import { QueueManager } from '#core/queue/queue_manager'
import { deadLetterQueue, queueNames } from '#core/queue/queues'
import type { QueueName } from '#core/queue/queues'

export interface QueueCounts {
  waiting: number
  active: number
  delayed: number
  completed: number
  failed: number
  dead: number
}

/** The console's and the metrics' view of the queues. Throws within seconds without Redis. */
@inject()
export class QueueInspector {
  readonly #manager: QueueManager
  readonly #deliveries = new Deliveries()

  constructor(manager: QueueManager) {
    this.#manager = manager
  }

  /** How many jobs each queue has in each state. */
  async counts(): Promise<Record<QueueName, QueueCounts>> {
    const counts = await Promise.all(
      queueNames.map(async (name) => [name, await this.#countsOf(name)] as const)
    )
    return Object.fromEntries(counts) as Record<QueueName, QueueCounts>
  }

  /** Dead letters, the newest first. */
  async deadLetters(queue: QueueName, { offset = 0, limit = 50 } = {}) {
    const letters = await this.#manager.open(deadLetterQueue(queue))
    const jobs = await letters.getJobs(['wait'], offset, offset + limit - 1, false)
    return jobs.map((job) => ({ id: job.id!, job: job.name, ...(job.data as DeadLetter) }))
  }

  /** Puts a dead letter's job back into its queue. Answers false when there is no such letter. */
  async retry(queue: QueueName, letterId: string): Promise<boolean> {
    const letters = await this.#manager.open(deadLetterQueue(queue))
    const letter = await letters.getJob(letterId)
    if (!letter) return false

    const { jobId, payload } = letter.data as DeadLetter
    const id = jobId.replaceAll(':', '_')
    await this.#deliveries.reopen(id)
    await this.#manager.deliver([{ id, job: letter.name, queue, payload }])
    await letter.remove()
    return true
  }

  async #countsOf(name: QueueName): Promise<QueueCounts> {
    const queue = await this.#manager.open(name)
    const letters = await this.#manager.open(deadLetterQueue(name))
    const [counts, dead] = await Promise.all([
      queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'completed', 'failed'),
      letters.getWaitingCount(),
    ])
    const { wait, prioritized, active, delayed, completed, failed } = counts
    return {
      waiting: wait! + prioritized!,
      active,
      delayed,
      completed,
      failed,
      dead,
    } as QueueCounts
  }
}
