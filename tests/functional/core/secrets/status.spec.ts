import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { keyrings, signingKey } from '#config/secrets'
import { Keyring } from '#core/secrets/keyring'
import { KeyRoster } from '#core/secrets/key_roster'
import { runAce } from '#tests/support/api_process'

function keyringOf(secret: string) {
  return new Keyring('JWT_ACCESS_TOKEN_SECRET', signingKey, { newest: secret })
}

async function aged(days: number) {
  await new KeyRoster(30).announce(randomUUIDv7(), Object.values(keyrings))
  await db.rawQuery(
    `UPDATE secret_keys SET first_seen_at = now() - interval '1 day' *
       CASE setting WHEN 'JWT_ACCESS_TOKEN_SECRET' THEN ? ELSE 1 END`,
    [days]
  )
}

test.group('Secrets / status', (group) => {
  group.each.setup(() => () => db.rawQuery('DELETE FROM secret_holders'))

  test('{title} at {days} days')
    .with([
      { title: 'is content', days: 79, exitCode: 0, says: /JWT_ACCESS_TOKEN_SECRET: 79 days/ },
      { title: 'warns', days: 80, exitCode: 1, says: /80 days.*due at 90/ },
      { title: 'complains', days: 90, exitCode: 1, says: /90 days.*overdue.*secrets:rotate/ },
    ])
    .run(async ({ assert }, { days, exitCode: expected, says }) => {
      await aged(days)

      const { exitCode, output } = await runAce(['secrets:status'])

      assert.equal(exitCode, expected, output)
      assert.match(output, says)
      for (const { newest } of Object.values(keyrings)) assert.notInclude(output, newest.secret)
    })

  test('counts who lacks a new key', async ({ assert }) => {
    await aged(1)
    const environment = {
      JWT_ACCESS_TOKEN_SECRET: randomUUIDv7(),
      JWT_ACCESS_TOKEN_SECRET_PREVIOUS: keyrings.JWT_ACCESS_TOKEN_SECRET.newest.secret,
    }
    await new KeyRoster(30).announce(randomUUIDv7(), [
      keyrings.APP_KEY,
      keyringOf(environment.JWT_ACCESS_TOKEN_SECRET),
    ])

    const status = await runAce(['secrets:status'], environment)
    const finish = await runAce(['secrets:rotate', '--finish'], environment)
    const again = await runAce(['secrets:rotate'], environment)

    assert.match(status.output, /not in use yet: 1 of 2 running processes hold it/)
    assert.match(finish.output, /isn't in use yet: 1 of 2/)
    assert.match(again.output, /JWT_ACCESS_TOKEN_SECRET_PREVIOUS is still needed for 8 days/)
    assert.deepEqual([status.exitCode, finish.exitCode, again.exitCode], [0, 1, 1])
  })
})
