import { spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import { tenant } from '#core/database/tenant'
import { output, run } from '#tests/support/commands'
import { canSignIn } from '#tests/support/credentials'
import { newcomer, PASSWORD } from '#tests/support/household'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'
import type User from '#users/models/user'
import UserCreate from '../../../commands/user_create.js'
import UserDisable from '../../../commands/user_disable.js'
import UserEnable from '../../../commands/user_enable.js'
import UserPromote from '../../../commands/user_promote.js'
import UserSessions from '../../../commands/user_sessions.js'
import UserUnlock from '../../../commands/user_unlock.js'

const address = () => `${randomUUIDv7()}@example.com`

/** @param password what is typed; null when nothing is to be asked for */
async function create(argv: string[], password: string | null = PASSWORD) {
  const command = await ace.create(UserCreate, argv)
  if (password !== null) {
    command.prompt.trap('Password (12 to 128 characters)').replyWith(password)
  }
  await command.exec()
  return command
}

/** The last entry about the user, or the last of an action. */
async function auditOf(user: Pick<User, 'id'>, action?: string) {
  const rows = await tenant.transaction(user.id, (trx) => {
    const entries = trx.from('audit_logs').orderBy('position', 'desc').limit(1)
    return action ? entries.where('action', action) : entries
  })
  return rows[0]
}

test.group('Commands / users', (group) => {
  group.each.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  test('create somebody who can sign in', async ({ client, assert }) => {
    const email = address()

    const command = await create([email, '--role=ADMIN', '--name=Root'])

    command.assertSucceeded()
    const response = await client.post('/api/v1/auth/login').json({ email, password: PASSWORD })
    response.assertStatus(200)
    assert.containsSubset(response.body().user, {
      name: 'Root',
      role: 'ADMIN',
      emailVerified: true,
    })
    assert.notInclude(output(command), PASSWORD)
  })

  test('create nobody with {title}')
    .with([
      {
        title: 'a role that is none',
        argv: [address(), '--role=ROOT'],
        password: null,
        says: /no role "ROOT"/,
      },
      { title: 'an address that is none', argv: ['nobody'], says: /email/ },
      { title: 'a short password', argv: [address()], password: 'short', says: /password/ },
    ])
    .run(async ({ assert }, { argv, password, says }) => {
      const command = await create(argv, password)

      command.assertFailed()
      assert.match(output(command), says)
    })

  test('create nobody twice', async ({ assert }) => {
    const user = await newcomer()

    const command = await create([user.email])

    command.assertFailed()
    assert.match(output(command), /has registered already/)
  })

  test('promote at once, and write it down', async ({ client, assert }) => {
    const user = await newcomer()
    const before = await signIn(client, user)

    const command = await run(UserPromote, [user.email.toUpperCase(), 'SUPPORT'])

    command.assertSucceeded()
    assert.equal(await statusOf(client, before.accessToken), 401)
    assert.equal(await refreshStatus(client, before), 401)
    const response = await client.get('/api/v1/users/me').loginAs(user)
    assert.equal(response.body().role, 'SUPPORT')
    assert.containsSubset(await auditOf(user), {
      action: 'user.role-changed',
      actor_type: 'system',
      data: { from: 'USER', to: 'SUPPORT' },
    })
  })

  test('end nothing for the same role', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    const command = await run(UserPromote, [user.email, 'USER'])

    command.assertSucceeded()
    assert.equal(await statusOf(client, accessToken), 200)
  })

  test('promote nobody by mistake: {title}')
    .with([
      { title: 'unknown address', argv: ['unknown@example.com', 'ADMIN'], says: /no user/ },
      { title: 'unknown role', argv: null, says: /no role "admin"/ },
    ])
    .run(async ({ assert }, { argv, says }) => {
      const user = await newcomer()

      const command = await run(UserPromote, argv ?? [user.email, 'admin'])

      command.assertFailed()
      assert.match(output(command), says)
    })

  test('list where somebody is signed in', async ({ client, assert }) => {
    const user = await newcomer()
    await client
      .post('/api/v1/auth/login')
      .header('user-agent', 'Browser/1.0')
      .json({ email: user.email, password: PASSWORD })

    const command = await run(UserSessions, [user.email])

    command.assertSucceeded()
    assert.match(output(command), /127\.0\.0\.1.*Browser\/1\.0/)
  })

  test('end one session, or all', async ({ client, assert }) => {
    const user = await newcomer()
    const [one, two, three] = [
      await signIn(client, user),
      await signIn(client, user),
      await signIn(client, user),
    ]
    const { sid } = JSON.parse(Buffer.from(one.accessToken.split('.')[1], 'base64url').toString())
    const statuses = async () => [
      await statusOf(client, one.accessToken),
      await statusOf(client, two.accessToken),
      await statusOf(client, three.accessToken),
    ]

    const first = await run(UserSessions, [user.email, `--revoke=${sid}`])
    const afterOne = await statuses()
    const again = await run(UserSessions, [user.email, `--revoke=${sid}`])
    const all = await run(UserSessions, [user.email, '--revoke-all'])

    first.assertSucceeded()
    again.assertFailed()
    all.assertSucceeded()
    assert.deepEqual(afterOne, [401, 200, 200])
    assert.deepEqual(await statuses(), [401, 401, 401])
    assert.containsSubset(await auditOf(user), { action: 'session.closed', actor_type: 'system' })
  })

  test('unlock whoever guessed too often', async ({ client, assert }) => {
    const user = await newcomer()
    const login = (password: string) =>
      client.post('/api/v1/auth/login').json({ email: user.email, password })
    for (let guess = 0; guess < 5; guess++) await login('not the right horse')
    const locked = await login(PASSWORD)

    const command = await run(UserUnlock, [user.email])

    command.assertSucceeded()
    assert.match(output(command), /may sign in again/)
    assert.containsSubset(await auditOf(user), {
      action: 'account.unlocked',
      actor_type: 'system',
    })
    const unlocked = await login(PASSWORD)
    assert.deepEqual([locked.status(), unlocked.status()], [423, 200])
  })

  test('unlock nobody who is not locked', async ({ assert }) => {
    const user = await newcomer()

    const command = await run(UserUnlock, [user.email])
    const unknown = await run(UserUnlock, [address()])

    command.assertSucceeded()
    assert.match(output(command), /was not locked/)
    assert.containsSubset(await auditOf(user), { action: 'user.registered' })
    unknown.assertFailed()
  })

  test('disable at once, and write down why', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    const made = await client
      .post('/api/v1/auth/tokens')
      .bearerToken(tokens.accessToken)
      .json({ name: 'Budget app', scopes: ['write'] })

    const command = await run(UserDisable, [user.email, '--reason=A stolen laptop'])

    command.assertSucceeded()
    assert.match(output(command), /is kept out/)
    assert.equal(await statusOf(client, tokens.accessToken), 401)
    assert.equal(await refreshStatus(client, tokens), 401)
    const program = await client.get('/api/v1/wallet/accounts').bearerToken(made.body().token)
    program.assertStatus(401)
    assert.isFalse(await canSignIn(client, user))
    assert.containsSubset(await auditOf(user, 'user.disabled'), {
      actor_type: 'system',
      subject_id: user.id,
      data: { reason: 'A stolen laptop' },
    })
  })

  test('enable again, by id', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    await run(UserDisable, [user.id, '--reason=A stolen laptop'])

    const command = await run(UserEnable, [user.id.toUpperCase(), '--reason=It was found'])

    command.assertSucceeded()
    assert.match(output(command), /may come in again/)
    assert.equal(await statusOf(client, accessToken), 401)
    assert.isTrue(await canSignIn(client, user))
    assert.containsSubset(await auditOf(user, 'user.enabled'), {
      actor_type: 'system',
      data: { reason: 'It was found' },
    })
  })

  test('disable and enable once', async ({ assert }) => {
    const user = await newcomer()
    const argv = [user.email, '--reason=A stolen laptop']

    const needless = await run(UserEnable, argv)
    await run(UserDisable, argv)
    const again = await run(UserDisable, argv)

    assert.match(output(needless), /was not kept out/)
    assert.match(output(again), /was kept out already/)
    const entries = await tenant.transaction(user.id, (trx) =>
      trx.from('audit_logs').whereIn('action', ['user.disabled', 'user.enabled'])
    )
    assert.lengthOf(entries, 1)
  })

  test('enable nobody who is being erased', async ({ client, assert }) => {
    const user = await newcomer()
    await client.delete('/api/v1/users/me').loginAs(user).json({ password: PASSWORD })

    const command = await run(UserEnable, [user.id, '--reason=They wrote'])

    command.assertFailed()
    assert.match(output(command), /is being erased/)
  })

  test('disable nobody {title}')
    .with([
      { title: 'unknown', argv: [address(), '--reason=X'], says: /no user/ },
      { title: 'by an unknown id', argv: [randomUUIDv7(), '--reason=X'], says: /no user/ },
    ])
    .run(async ({ assert }, { argv, says }) => {
      const command = await run(UserDisable, argv)

      command.assertFailed()
      assert.match(output(command), says)
    })

  test('disable nobody without a reason', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    for (const argv of [[user.email], [user.email, '--reason=']]) {
      await assert.rejects(() => run(UserDisable, argv), /reason/)
    }

    assert.equal(await statusOf(client, accessToken), 200)
  })

  /** In a process of its own, with the password on standard input. */
  async function createApart(email: string, settings: Record<string, string> = {}) {
    const argv = ['ace.js', 'user:create', email, '--password-stdin']
    const env = { ...process.env, ...settings }
    const child = spawn(process.execPath, argv, { cwd: app.makePath(), env, stdio: 'pipe' })
    child.stdin.end(`${PASSWORD}\n`)
    const [code] = await once(child, 'exit')
    return code as number
  }

  test('read a password from standard input', async ({ client, assert }) => {
    const email = address()

    const code = await createApart(email)

    assert.equal(code, 0)
    const response = await client.post('/api/v1/auth/login').json({ email, password: PASSWORD })
    response.assertStatus(200)
  })

  test('do their work without Redis', async ({ client, assert }) => {
    const email = address()

    const code = await createApart(email, { REDIS_PORT: '1' })

    assert.equal(code, 0)
    const response = await client.post('/api/v1/auth/login').json({ email, password: PASSWORD })
    response.assertStatus(200)
  })
})
