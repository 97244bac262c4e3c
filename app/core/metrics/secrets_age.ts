import { Gauge } from 'prom-client'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { registry } from '#core/metrics/registry'
import { DotEnv } from '#core/secrets/dot_env'
import { Rotation } from '#core/secrets/rotation'

const rotation = new Rotation(new DotEnv(app.appRoot))

new Gauge({
  name: 'finora_secret_age_days',
  help: 'Days since a process first held the secret. Due at 90.',
  labelNames: ['secret'],
  registers: [registry],

  /** Absent while Postgres is: an age of 0 would say that all is well. */
  async collect() {
    this.reset()
    try {
      for (const { setting, days } of await rotation.report()) {
        if (days !== undefined) this.set({ secret: setting }, Math.round(days * 1_000) / 1_000)
      }
    } catch (error) {
      logger.warn({ err: error }, 'the ages of secrets could not be read')
    }
  },
})
