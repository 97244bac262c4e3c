import { randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import ForgetExpired from '#auth/actions/forget_expired'
import PasswordGuess from '#auth/models/password_guess'
import NotifyOwner from '#auth/actions/notify_owner'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import {
  attempt,
  auditOf,
  canSignIn,
  lock,
  passLockPeriod,
  statusesOf,
  WRONG,
} from '#tests/support/credentials'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox } from '#tests/support/mailbox'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'

const LOCKED = /locked/i

async function countOfGuesses() {
  const rows = await system.transaction((trx) => trx.from('password_guesses').count('* as n'))
  return Number(rows[0].n)
}

test.group('Lock', () => {
  test('shuts after the fifth wrong password', async ({ client, assert }) => {
    const user = await newcomer()

    const statuses = await lock(client, user.email)
    const right = await attempt(client, user.email, PASSWORD)

    assert.deepEqual(statuses, [401, 401, 401, 401, 401])
    right.assertStatus(423)
    assert.equal(right.body().code, 'AccountLocked')
    assert.closeTo(Number(right.header('retry-after')), 1_800, 5)
  })

  test('opens again after half an hour', async ({ client, assert }) => {
    const user = await newcomer()
    await lock(client, user.email)

    await passLockPeriod()

    assert.isTrue(await canSignIn(client, user))
  })

  test('is not prolonged by knocking', async ({ client, assert }) => {
    const user = await newcomer()
    await lock(client, user.email)
    await system.transaction((trx) =>
      trx.rawQuery(`UPDATE password_guesses SET expires_at = now() + interval '100 s'`)
    )

    const knock = await attempt(client, user.email, PASSWORD)

    assert.isAtMost(Number(knock.header('retry-after')), 100)
  })

  test('forgets after the right password', async ({ client, assert }) => {
    const user = await newcomer()
    const four = Array(4).fill(WRONG)

    const statuses = await statusesOf(client, user.email, [...four, PASSWORD, ...four, PASSWORD])

    assert.deepEqual(statuses, [401, 401, 401, 401, 200, 401, 401, 401, 401, 200])
  })

  test('counts an address however it is written', async ({ client, assert }) => {
    const { email } = await newcomer()
    const spellings = [email, email.toUpperCase(), ` ${email} `, email, email]

    for (const spelling of spellings) await attempt(client, spelling, WRONG)

    const response = await attempt(client, email, PASSWORD)
    assert.equal(response.status(), 423)
  })

  test('looks at five of fifty', async ({ client, assert }) => {
    const user = await newcomer()

    for (const email of [user.email, `${randomUUIDv7()}@example.com`]) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => attempt(client, email, WRONG))
      )

      const statuses = answers.map((answer) => answer.status())
      assert.lengthOf(
        statuses.filter((status) => status === 401),
        5
      )
      assert.lengthOf(
        statuses.filter((status) => status === 423),
        45
      )
    }
  })

  test('holds up nobody who knows the password', async ({ client, assert }) => {
    const user = await newcomer()

    const statuses: number[] = []
    for (let round = 0; round < 10; round++) {
      const together = [PASSWORD, WRONG, PASSWORD]
      const answers = await Promise.all(
        together.map((password) => attempt(client, user.email, password))
      )
      statuses.push(...answers.map((answer) => answer.status()))
    }

    assert.isEmpty(statuses.filter((status) => status !== 200 && status !== 401))
  })

  test('waits for guesses that are looked at', async ({ client, assert }) => {
    const user = await newcomer()
    const together = async (passwords: string[]) => {
      const all = passwords.map((password) => attempt(client, user.email, password))
      const answers = await Promise.all(all)
      return answers.map((answer) => answer.status())
    }

    const right = await together(Array(12).fill(PASSWORD))
    const mixed = await together([...Array(3).fill(WRONG), ...Array(9).fill(PASSWORD)])
    const wrong = await together(Array(12).fill(WRONG))

    assert.deepEqual(right, Array(12).fill(200))
    assert.deepEqual(mixed.toSorted(), [...Array(9).fill(200), ...Array(3).fill(401)])
    assert.deepEqual(wrong.toSorted(), [...Array(5).fill(401), ...Array(7).fill(423)])
  })

  test('is told at once when nobody is looked at', async ({ client, assert }) => {
    const user = await newcomer()
    await lock(client, user.email)
    const start = performance.now()

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => attempt(client, user.email, PASSWORD))
    )

    assert.isTrue(answers.every((answer) => answer.status() === 423))
    assert.isBelow(performance.now() - start, 1_500)
  })

  test('waits for no answer that never comes', async ({ client, assert }) => {
    const user = await newcomer()
    await Promise.all(Array.from({ length: 5 }, () => PasswordGuess.take(user.email)))
    const start = performance.now()

    const answer = await attempt(client, user.email, PASSWORD)

    answer.assertStatus(423)
    assert.isBelow(performance.now() - start, 5_000)
  })

  test('leaves live sessions alone', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)

    await lock(client, user.email)

    assert.equal(await statusOf(client, tokens.accessToken), 200)
    assert.equal(await refreshStatus(client, tokens), 200)
  })

  test('leaves others alone', async ({ client, assert }) => {
    const [victim, other] = [await newcomer(), await newcomer()]

    await lock(client, victim.email)

    assert.isTrue(await canSignIn(client, other))
  })

  test('keeps no address that was typed', async ({ client, assert }) => {
    const email = `${randomUUIDv7()}@example.com`
    await attempt(client, email, WRONG)

    const { rows } = await system.transaction((trx) =>
      trx.rawQuery(
        `SELECT row_to_json(g)::text AS row FROM password_guesses g
         WHERE encode(address, 'escape') LIKE '%' || ? || '%' OR address = sha256(?::bytea)`,
        [email, email]
      )
    )

    assert.deepEqual(rows, [])
    assert.isAbove(await countOfGuesses(), 0)
  })

  test('is swept when it is over', async ({ client, assert }) => {
    const user = await newcomer()
    for (let i = 0; i < 10; i++) await attempt(client, `${randomUUIDv7()}@example.com`, WRONG)
    await passLockPeriod()
    await lock(client, user.email)

    const forgetExpired = await app.container.make(ForgetExpired)
    await forgetExpired.handle()

    assert.equal(await countOfGuesses(), 1)
    assert.isFalse(await canSignIn(client, user))
  })

  test('is written down, for users alone', async ({ client, assert }) => {
    const user = await newcomer()
    const entries = async () => {
      const rows = await system.transaction((trx) => trx.from('audit_logs').count('* as n'))
      return Number(rows[0].n)
    }

    await lock(client, user.email)
    await attempt(client, user.email, PASSWORD)
    const before = await entries()
    await lock(client, `nobody-${user.email}`)

    assert.deepEqual(await auditOf(user), [
      'user.registered',
      ...Array(5).fill('password.refused'),
      'account.locked',
    ])
    assert.equal(await entries(), before)
  })
})

test.group('Lock / mail', (group) => {
  const { mailbox, queue } = Mailbox.setup(group)

  test('tells nobody who has gone', async ({ assert }) => {
    const user = await newcomer()
    await tenant.transaction(user.id, (trx) => user.loseFace(trx))
    const notifyOwner = await app.container.make(NotifyOwner)

    await notifyOwner.handle({ userId: user.id, notice: 'account-locked' })

    const letters = mailbox().letters.filter(({ mail }) => LOCKED.test(mail.subject ?? ''))
    assert.isEmpty(letters)
  })

  test('tells the owner once', async ({ client, assert }) => {
    const user = await newcomer()

    await lock(client, user.email)
    await lock(client, `nobody-${user.email}`)
    await mailbox().next(user.email, LOCKED)

    const waiting = async () => (await queue().open('email')) === 0
    assert.isTrue(await waiting())
    const notices = mailbox().letters.filter(({ mail }) => LOCKED.test(mail.subject ?? ''))
    assert.deepEqual(
      notices.map(({ to }) => to),
      [[user.email]]
    )
  })
})
