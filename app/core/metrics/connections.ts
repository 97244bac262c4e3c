import { Gauge } from 'prom-client'
import db from '@adonisjs/lucid/services/db'
import { registry } from '#core/metrics/registry'
import { readingPool } from '#core/database/reading_pool'

/** What Knex's pool tells of itself (tarn). */
interface Pool {
  numUsed(): number
  numFree(): number
  numPendingAcquires(): number
}

new Gauge({
  name: 'database_connections',
  help: 'Connections to Postgres by pool: in use, idle, and callers who wait for one.',
  labelNames: ['pool', 'state'],
  registers: [registry],

  collect() {
    this.reset()
    for (const [name, { connection }] of db.manager.connections) {
      const pool = connection?.pool as Pool | undefined
      if (!pool) continue
      this.set({ pool: name, state: 'used' }, pool.numUsed())
      this.set({ pool: name, state: 'idle' }, pool.numFree())
      this.set({ pool: name, state: 'waiting' }, pool.numPendingAcquires())
    }
    const { totalCount, idleCount, waitingCount } = readingPool
    this.set({ pool: 'reads', state: 'used' }, totalCount - idleCount)
    this.set({ pool: 'reads', state: 'idle' }, idleCount)
    this.set({ pool: 'reads', state: 'waiting' }, waitingCount)
  },
})
