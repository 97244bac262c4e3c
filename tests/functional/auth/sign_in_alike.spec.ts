import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { ApiResponse } from '@japa/api-client'
import { tenant } from '#core/database/tenant'
import { attempt, WRONG } from '#tests/support/credentials'
import { newcomer } from '#tests/support/household'

/** What differs between any two answers. */
const OWN = ['date', 'x-request-id', 'content-length', 'ratelimit-remaining', 'ratelimit-reset']

function seen(response: ApiResponse) {
  const { requestId, ...body } = response.body()
  const headers = Object.entries(response.headers()).filter(([name]) => !OWN.includes(name))
  return { status: response.status(), body, headers: Object.fromEntries(headers) }
}

/** What sends jobs after the answer; nobody waits for it. */
const AFTERWARDS = /^(SELECT id FROM|UPDATE) outbox/

/** What the application's role asks while `work` runs, in order, without values and names. */
async function statementsOf(work: () => Promise<unknown>) {
  const statements: string[] = []
  const note = ({ sql }: { sql: string }) => statements.push(sql)
  const { client } = db.connection('app').getWriteClient() as unknown as {
    client: NodeJS.EventEmitter
  }
  client.on('query', note)
  await work()
  client.off('query', note)
  return statements
    .filter((sql) => !AFTERWARDS.test(sql))
    .map((sql) => sql.replace(/^(?:RELEASE|ROLLBACK TO) SAVEPOINT .*/, 'end of the savepoint'))
    .map((sql) => sql.replace(/trx\d+/, ''))
}

test.group('Sign in / known and unknown', () => {
  test('answers alike, locked or not', async ({ client, assert }) => {
    for (let round = 0; round < 5; round++) {
      const known = await newcomer()
      const unknown = `${randomUUIDv7()}@example.com`
      const disabled = await newcomer()
      await tenant.transaction(disabled.id, (trx) => disabled.disable(trx))

      for (let guess = 0; guess < 7; guess++) {
        const [expected, ...others] = [
          seen(await attempt(client, known.email, WRONG)),
          seen(await attempt(client, unknown, WRONG)),
          seen(await attempt(client, disabled.email, WRONG)),
        ].map(({ headers: { 'retry-after': wait, ...headers }, ...answer }) => ({
          ...answer,
          headers,
          waits: wait === undefined ? null : Math.round(Number(wait) / 60),
        }))

        assert.equal(expected.status, guess < 5 ? 401 : 423)
        for (const other of others) assert.deepEqual(other, expected)
      }
    }
  })

  test('asks the database the same', async ({ client, assert }) => {
    const known = await newcomer()
    const unknown = `${randomUUIDv7()}@example.com`

    for (let guess = 0; guess < 6; guess++) {
      const forKnown = await statementsOf(() => attempt(client, known.email, WRONG))
      const forUnknown = await statementsOf(() => attempt(client, unknown, WRONG))

      assert.isNotEmpty(forKnown)
      assert.deepEqual(forUnknown, forKnown)
    }
  })
})
