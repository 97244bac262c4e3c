import { Writable } from 'node:stream'
import { Logger } from '@adonisjs/core/logger'
import { test } from '@japa/runner'
import loggerConfig from '#config/logger'
import { runningJob } from '#core/queue/running_job'

test.group('Logs / lines of a job', () => {
  test('carry the job, and nothing of the line before', ({ assert }) => {
    const lines: string[] = []
    const destination = new Writable({
      write(line, _encoding, done) {
        lines.push(String(line))
        done()
      },
    })
    const logger = new Logger({ ...loggerConfig.loggers.app, level: 'info', destination })
    const job = { queue: 'email', job: 'mail-digest', jobId: 'this-one', attempt: 1 }

    runningJob.run(job, () => {
      logger.warn({ err: new Error('no'), jobId: 'another' }, 'something was missing')
      logger.info('job finished')
    })

    const last = JSON.parse(lines.at(-1)!)
    assert.containsSubset(last, { msg: 'job finished', queue: 'email', jobId: 'this-one' })
    assert.notProperty(last, 'err')
  })
})
