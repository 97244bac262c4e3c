import { randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import UnlockAccount from '#auth/actions/unlock_account'
import PasswordGuess from '#auth/models/password_guess'
import { derivedPasswords } from '#config/database'
import { keyrings } from '#config/secrets'
import { runAce } from '#tests/support/api_process'
import { attempt, canSignIn, lock, statusesOf, WRONG } from '#tests/support/credentials'
import { newcomer, PASSWORD } from '#tests/support/household'
import { ServerProcess } from '#tests/support/server_process'

const keyring = keyrings.APP_KEY
const present = { newest: keyring.newest.secret, previous: keyring.previous?.secret }
const next = 'what the application key becomes'

/** What processes hold, one after the other, while the application key is rotated. */
const hold = {
  theOldKey() {
    keyring.replace(present)
  },
  bothKeys() {
    hold.theOldKey()
    keyring.replace({ newest: next, previous: present.newest })
  },
  theNewKeyAsWell() {
    hold.bothKeys()
    keyring.settle()
  },
}

test.group('Lock / while its key is rotated', (group) => {
  group.each.teardown(hold.theOldKey)

  test('counts on from key to key', async ({ client, assert }) => {
    const { email } = await newcomer()

    const before = await statusesOf(client, email, [WRONG, WRONG])
    hold.bothKeys()
    const between = await statusesOf(client, email, [WRONG])
    hold.theNewKeyAsWell()
    const after = await statusesOf(client, email, [WRONG, WRONG, PASSWORD])
    hold.bothKeys()
    const elsewhere = await attempt(client, email, PASSWORD)

    assert.deepEqual([...before, ...between, ...after], [401, 401, 401, 401, 401, 423])
    elsewhere.assertStatus(423)
  })

  test('ends everywhere: shut with {shut}, opened with {open}')
    .with([
      { shut: 'theOldKey', open: 'theNewKeyAsWell' },
      { shut: 'bothKeys', open: 'theNewKeyAsWell' },
      { shut: 'theNewKeyAsWell', open: 'bothKeys' },
    ] as const)
    .run(async ({ client, assert }, { shut, open }) => {
      const user = await newcomer()
      hold[shut]()
      await lock(client, user.email)

      hold[open]()
      const unlockAccount = await app.container.make(UnlockAccount)
      const wasLocked = await unlockAccount.handle({ actor: 'system', user })

      assert.isTrue(wasLocked)
      for (const process of [hold[shut], hold[open]]) {
        process()
        assert.isTrue(await canSignIn(client, user))
      }
    })

  test('looks at five of fifty, by either key', async ({ assert }) => {
    const email = `${randomUUIDv7()}@example.com`

    const taken = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => {
        if (n % 2 === 0) hold.bothKeys()
        else hold.theNewKeyAsWell()
        return PasswordGuess.take(email)
      })
    )

    const allowed = taken.filter(({ status }) => status === 'fulfilled')
    assert.lengthOf(allowed, 5)
  })

  test('is one with processes of the new key', async ({ client, assert, cleanup }) => {
    const settings = { ...derivedPasswords, APP_KEY: next, APP_KEY_PREVIOUS: present.newest }
    const server = new ServerProcess(settings)
    cleanup(() => server.stop())
    await server.start()
    const { email } = await newcomer()
    const there = async (password: string) => {
      const { status } = await server.ask('/api/v1/auth/login', { json: { email, password } })
      return status
    }

    const before = await statusesOf(client, email, [WRONG, WRONG, WRONG])
    const after = [await there(WRONG), await there(WRONG), await there(PASSWORD)]
    const { exitCode } = await runAce(['user:unlock', email], settings)

    assert.deepEqual([...before, ...after], [401, 401, 401, 401, 401, 423])
    assert.equal(exitCode, 0)
    assert.equal(await there(PASSWORD), 200)
    assert.isTrue(await canSignIn(client, { email }))
  })
})
