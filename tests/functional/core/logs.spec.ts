import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'

test.group('Logs', (group) => {
  const server = new ServerProcess({ LOG_LEVEL: 'trace' })
  group.setup(async () => {
    await server.start()
    return () => server.stop()
  })

  /** Lines travel together, a moment after the answer. */
  const told = (text: string) => eventually(() => server.log.includes(text))

  test('hold no secret and nothing personal', async ({ assert }) => {
    const user = await newcomer()
    const login = await server.ask('/api/v1/auth/login', {
      json: { email: user.email, password: PASSWORD },
    })
    const { accessToken, refreshToken } = JSON.parse(login.text)
    const headers = { authorization: `Bearer ${accessToken}`, cookie: 'a=secret-cookie' }

    await server.ask('/api/v1/transactions?q=private-search', { headers })
    await server.ask('/api/v1/auth/login', { json: { email: user.email, password: 'wrong-one' } })
    await server.ask('/api/v1/auth/refresh', { json: { refreshToken: `${refreshToken}x` } })

    await told('"path":"/api/v1/auth/refresh"')
    const { log } = server
    assert.include(log, '"path":"/api/v1/transactions"')
    assert.include(log, user.id)
    const secrets = [PASSWORD, 'wrong-one', accessToken, refreshToken]
    const personal = [user.email, 'private-search', 'secret-cookie']
    for (const text of [...secrets, ...personal]) assert.notInclude(log, text)
  })

  test('are one object a line, whatever is asked', async ({ assert }) => {
    await server.ask('/x%0d%0a%7b%22level%22%3a%22fatal%22%7d', {
      headers: { 'x-request-id': 'abc"}{"level":"fatal' },
    })
    await told('"path":"/x')

    const lines = server.log.trim().split('\n')
    const entries = lines.map((line) => JSON.parse(line) as { level: string; time: string })
    assert.isTrue(entries.every(({ time }) => /^\d{4}-\d\d-\d\dT.*Z$/.test(time)))
    assert.isFalse(entries.some(({ level }) => level === 'fatal'))
  })

  test('name their fields as those who search them do', async ({ assert }) => {
    const path = app.makePath('monitoring/logs/elasticsearch.template.json')
    const { template } = JSON.parse(await readFile(path, 'utf8'))
    const user = await newcomer()
    const login = await server.ask('/api/v1/auth/login', {
      json: { email: user.email, password: PASSWORD },
    })
    const { accessToken } = JSON.parse(login.text)

    await server.ask('/api/v1/wallet/accounts', {
      headers: { authorization: `Bearer ${accessToken}` },
    })
    await told('"path":"/api/v1/wallet/accounts"')

    const line = server.log.split('\n').find((text) => text.includes('/api/v1/wallet/accounts'))
    const { name, pid, ...written } = JSON.parse(line!)
    const ofJobs = ['queue', 'job', 'jobId', 'attempt']
    const searched = Object.keys(template.mappings.properties)
    assert.sameMembers(
      searched.filter((field) => !ofJobs.includes(field)),
      ['@timestamp', ...Object.keys(written)]
    )
    assert.containsSubset(written, { level: 'info', method: 'GET', status_code: 200 })
    assert.equal(written.userId, user.id)
  })
})
