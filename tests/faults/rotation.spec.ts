import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ApiProcess, runAce } from '#tests/support/api_process'
import { enrol } from '#tests/support/authenticator'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Load } from '#tests/support/load'
import type { Tokens } from '#tests/support/sign_in'

const SECRETS = ['APP_KEY', 'JWT_ACCESS_TOKEN_SECRET']
const PINNED = ['DB_APP_PASSWORD', 'DB_SYSTEM_PASSWORD']
const LEAD = { SECRETS_LEAD_SECONDS: '2', SECRETS_LOOK_SECONDS: '0.5' }

async function signIn({ url }: ApiProcess, email: string, otp?: string): Promise<Tokens> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD, otp }),
  })
  return (await response.json()) as Tokens
}

async function statusAt({ url }: ApiProcess, { accessToken }: Tokens) {
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch(`${url}/api/v1/users/me`, { headers })
  return response.status
}

function keyIdOf({ accessToken }: Tokens): string {
  return JSON.parse(Buffer.from(accessToken.split('.')[0], 'base64url').toString()).kid
}

/** A folder with a `.env` that holds the tests' secrets, and the environment that leads there. */
async function dotEnv() {
  const folder = await mkdtemp(join(tmpdir(), 'finora-rotation-'))
  const file = join(folder, '.env')
  const lines = SECRETS.map((name) => `${name}=${process.env[name]}`)
  await writeFile(file, lines.join('\n'), { mode: 0o600 })
  const unset = Object.fromEntries(SECRETS.map((name) => [name, undefined]))
  return {
    environment: { ...LEAD, ...unset, ENV_PATH: folder },
    settings: async () => parseEnv(await readFile(file, 'utf8')),
    remove: () => rm(folder, { recursive: true }),
  }
}

/** Signs in until another key signs than of the tokens before. */
async function newKeyAt(api: ApiProcess, email: string, before: Tokens): Promise<Tokens> {
  const tokens = await eventually(async () => {
    const next = await signIn(api, email)
    return keyIdOf(next) === keyIdOf(before) ? null : next
  }, 60_000)
  return tokens!
}

test.group('Rotation / under load', (group) => {
  group.each.timeout(180_000)

  /** What was killed elsewhere would count as running, and be waited for, for a while. */
  group.each.setup(async () => {
    await db.rawQuery('DELETE FROM secret_holders')
  })

  test('signs nobody out with .env', async ({ assert, cleanup }) => {
    const { environment, settings: read, remove } = await dotEnv()
    const apis = await Promise.all([ApiProcess.start(environment), ApiProcess.start(environment)])
    const load = new Load(apis.map(({ url }) => url))
    cleanup(async () => {
      await load.stop()
      await Promise.all(apis.map((api) => api.stop()))
      await remove()
    })
    const { email } = await newcomer()
    const before = await signIn(apis[0], email)
    await load.start(10)

    const { exitCode, output } = await runAce(['secrets:rotate'], environment)
    const [after] = await Promise.all(apis.map((api) => newKeyAt(api, email, before)))
    await sleep(2_000)
    await eventually(() => load.requests > 500, 30_000)

    assert.equal(exitCode, 0, output)
    assert.deepEqual(load.problems, [])
    for (const api of apis) {
      assert.deepEqual([await statusAt(api, before), await statusAt(api, after)], [200, 200])
    }
    const settings = await read()
    for (const name of SECRETS) {
      assert.equal(settings[`${name}_PREVIOUS`], process.env[name])
      assert.notEqual(settings[name], process.env[name])
      assert.notInclude(output, settings[name]!)
    }
    assert.containsSubset(Object.keys(settings), PINNED)
  })

  test('signs nobody out with a rolling restart', async ({ assert, cleanup }) => {
    const { exitCode, output } = await runAce(['secrets:rotate'])
    const printed = Object.fromEntries(
      output.split('\n').flatMap((line) => [...line.matchAll(/([A-Z_]+)=(\S+)$/g)].map(pair))
    )
    const { email } = await newcomer()
    const old = await Promise.all([ApiProcess.start(LEAD), ApiProcess.start(LEAD)])
    const running = [...old]
    const load = new Load(running.map(({ url }) => url))
    cleanup(async () => {
      await load.stop()
      await Promise.all(running.map((api) => api.stop()))
    })
    const before = await signIn(old[0], email)
    await load.start(10)

    const between: Tokens[] = []
    for (const leaving of old) {
      const api = await ApiProcess.start({ ...LEAD, ...printed })
      running.push(api)
      await sleep(4_000)
      between.push(await signIn(api, email))
      assert.equal(await statusAt(leaving, between.at(-1)!), 200)
      running.splice(running.indexOf(leaving), 1)
      load.servers = running.map(({ url }) => url)
      await sleep(300)
      await leaving.stop()
    }
    const after = await newKeyAt(running[0], email, before)

    assert.equal(exitCode, 0, output)
    assert.sameMembers(Object.keys(printed), [
      ...SECRETS,
      ...SECRETS.map((name) => `${name}_PREVIOUS`),
      ...PINNED,
    ])
    assert.deepEqual(between.map(keyIdOf), [keyIdOf(before), keyIdOf(before)])
    assert.deepEqual(load.problems, [])
    for (const api of running) {
      assert.deepEqual([await statusAt(api, before), await statusAt(api, after)], [200, 200])
    }
  })

  test('gives up the old when told to', async ({ assert, client, cleanup }) => {
    const { environment, settings, remove } = await dotEnv()
    const api = await ApiProcess.start(environment)
    cleanup(async () => {
      await api.stop()
      await remove()
    })
    const user = await newcomer()
    const stranger = await newcomer()
    const { authenticator, recoveryCodes } = await enrol(client, user)
    const before = await signIn(api, stranger.email)
    const begun = await runAce(['secrets:rotate'], environment)
    const pending = await runAce(['secrets:rotate', '--finish'], {
      ...environment,
      SECRETS_LEAD_SECONDS: '600',
    })
    await newKeyAt(api, stranger.email, before)

    const resealed = await runAce(['secrets:rotate', '--finish'], environment)
    const kept = await settings()
    await db.rawQuery(`UPDATE secret_keys SET settled_at = now() - interval '9 days'`)
    const retired = await runAce(['secrets:rotate', '--finish'], environment)
    await eventually(async () => (await statusAt(api, before)) === 401, 20_000)

    assert.deepEqual(
      [begun, pending, resealed, retired].map(({ exitCode }) => exitCode),
      [0, 1, 0, 0]
    )
    assert.match(resealed.output, /[1-9]\d* values are sealed anew/)
    assert.match(resealed.output, /APP_KEY_PREVIOUS: needed for 2 days more/)
    assert.isDefined(kept.APP_KEY_PREVIOUS)
    const left = await settings()
    assert.notProperty(left, 'APP_KEY_PREVIOUS')
    assert.notProperty(left, 'JWT_ACCESS_TOKEN_SECRET_PREVIOUS')
    for (const otp of [authenticator.nextCode, recoveryCodes[0]]) {
      const { accessToken } = await signIn(api, user.email, otp)
      assert.isString(accessToken)
    }
  })
})

function pair([, name, value]: RegExpMatchArray): [string, string] {
  return [name, value]
}
