import { Gauge } from 'prom-client'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { registry } from '#core/metrics/registry'
import { QueueInspector } from '#core/queue/inspector'
import { OutageLog } from '#core/queue/outage_log'

const outages = new OutageLog()

new Gauge({
  name: 'job_queue_length',
  help: 'Jobs of each queue by state; "dead" failed for good.',
  labelNames: ['queue', 'state'],
  registers: [registry],

  /** Absent while Redis is: an empty queue would say that all is done. */
  async collect() {
    this.reset()
    try {
      const inspector = await app.container.make(QueueInspector)
      for (const [queue, counts] of Object.entries(await inspector.counts())) {
        for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count)
      }
    } catch (error) {
      outages.warn(error, 'the queues could not be counted')
    }
  },
})

/** Also what Redis has and nobody works on: what waits for a worker is as undone. */
const DUE = `
  SELECT count(*)::int AS waiting,
    coalesce(extract(epoch FROM now() - min(available_at)), 0)::float AS lag
  FROM outbox
  WHERE finished_at IS NULL AND failed_at IS NULL AND available_at <= now()`

/** A gauge of what is due in the outbox; absent while Postgres is. */
function outboxGauge(name: string, help: string, column: 'waiting' | 'lag') {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.remove()
      try {
        const { rows } = await db.rawQuery<{ rows: Record<typeof column, number>[] }>(DUE)
        this.set(rows[0][column])
      } catch (error) {
        outages.warn(error, 'the outbox could not be counted')
      }
    },
  })
}

outboxGauge('finora_outbox_waiting', 'Jobs that are due and not done.', 'waiting')
outboxGauge('finora_outbox_lag_seconds', 'How long the oldest of them has been due.', 'lag')
