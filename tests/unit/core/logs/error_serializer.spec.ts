import { Writable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import { LoggerFactory } from '@adonisjs/core/factories/logger'
import { test } from '@japa/runner'
import loggerConfig from '#config/logger'

/** What the application's logger writes of an error. */
function written(err: unknown) {
  let line = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      line += chunk
      done()
    },
  })
  const { serializers, redact } = loggerConfig.loggers.app
  const logger = new LoggerFactory()
    .merge({ enabled: true, level: 'info', serializers, redact, desination: stream })
    .create()
  logger.warn({ err }, 'it failed')
  return { line, err: JSON.parse(line).err }
}

test.group('Logs / errors', () => {
  test('tell no row that Postgres refused', async ({ assert }) => {
    const broken = await db
      .rawQuery(
        `INSERT INTO outbox (id, job, queue, payload) VALUES (?, NULL, 'ada@example.com', '{}')`,
        ['01a21860-9e32-7eff-bfba-81865312b185']
      )
      .catch((error: unknown) => error)

    const { line, err } = written(new Error('the import failed', { cause: broken }))

    assert.include((broken as { detail: string }).detail, 'ada@example.com')
    assert.notInclude(line, 'ada@example.com')
    assert.equal(err.message, 'the import failed')
    assert.containsSubset(err.cause, { code: '23502', table: 'outbox', column: 'job' })
    assert.equal(err.cause.message, 'SQLSTATE 23502 outbox')
    assert.match(err.cause.stack, /^\w+: SQLSTATE 23502 outbox\n +at /)
  })

  test('are told briefly', ({ assert }) => {
    const { err } = written(new TypeError('x'.repeat(5_000)))

    assert.equal(err.type, 'TypeError')
    assert.isBelow(err.message.length, 600)
    assert.isBelow(err.stack.length, 3_000)
  })

  test('tell what is away, and each of several', ({ assert }) => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 6379,
      rejected: ['ada@example.com'],
    })

    const { line, err } = written(new AggregateError([refused], ''))

    assert.containsSubset(err.errors, [{ code: 'ECONNREFUSED', port: 6379 }])
    assert.notInclude(line, 'ada@example.com')
  })

  test('may be no errors', ({ assert }) => {
    assert.equal(written('a text').err, 'a text')
  })

  test('may be their own cause', ({ assert }) => {
    const error = new Error('circular')
    error.cause = error

    assert.equal(written(error).err.message, 'circular')
  })
})
