import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { ApiProcess, runAce } from '#tests/support/api_process'
import { eventually } from '#tests/support/eventually'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Load } from '#tests/support/load'
import type { Tokens } from '#tests/support/sign_in'

const SECRETS = ['APP_KEY', 'JWT_ACCESS_TOKEN_SECRET']
const PINNED = ['DB_APP_PASSWORD', 'DB_SYSTEM_PASSWORD']
const LEAD = { SECRETS_LEAD_SECONDS: '2' }

async function signIn({ url }: ApiProcess, email: string): Promise<Tokens> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
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

test.group('Rotation / under load', (group) => {
  group.each.timeout(180_000)

  test('signs nobody out with .env', async ({ assert, cleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'finora-rotation-'))
    const file = join(folder, '.env')
    await writeFile(file, SECRETS.map((name) => `${name}=${process.env[name]}`).join('\n'), {
      mode: 0o600,
    })
    const environment = {
      ...LEAD,
      ENV_PATH: folder,
      ...Object.fromEntries(SECRETS.map((name) => [name, undefined])),
    }
    const apis = await Promise.all([ApiProcess.start(environment), ApiProcess.start(environment)])
    const load = new Load(apis.map(({ url }) => url))
    cleanup(async () => {
      await load.stop()
      await Promise.all(apis.map((api) => api.stop()))
      await rm(folder, { recursive: true })
    })
    const { email } = await newcomer()
    const before = await signIn(apis[0], email)
    await load.start(10)

    const { exitCode, output } = await runAce(['secrets:rotate'], environment)
    const newKeyAt = (api: ApiProcess) =>
      eventually(async () => {
        const tokens = await signIn(api, email)
        return keyIdOf(tokens) === keyIdOf(before) ? null : tokens
      }, 60_000)
    const [after] = await Promise.all(apis.map(newKeyAt))
    await sleep(2_000)

    assert.equal(exitCode, 0, output)
    assert.deepEqual(load.problems, [])
    assert.isAbove(load.requests, 500)
    for (const api of apis) {
      assert.deepEqual([await statusAt(api, before), await statusAt(api, after!)], [200, 200])
    }
    const settings = parseEnv(await readFile(file, 'utf8'))
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
      await sleep(7_000)
      between.push(await signIn(api, email))
      assert.equal(await statusAt(leaving, between.at(-1)!), 200)
      running.splice(running.indexOf(leaving), 1)
      load.servers = running.map(({ url }) => url)
      await sleep(300)
      await leaving.stop()
    }
    const after = await eventually(async () => {
      const tokens = await signIn(running[0], email)
      return keyIdOf(tokens) === keyIdOf(before) ? null : tokens
    }, 60_000)

    assert.equal(exitCode, 0, output)
    assert.sameMembers(Object.keys(printed), [
      ...SECRETS,
      ...SECRETS.map((name) => `${name}_PREVIOUS`),
      ...PINNED,
    ])
    assert.deepEqual(between.map(keyIdOf), [keyIdOf(before), keyIdOf(before)])
    assert.deepEqual(load.problems, [])
    for (const api of running) {
      assert.deepEqual([await statusAt(api, before), await statusAt(api, after!)], [200, 200])
    }
  })
})

function pair([, name, value]: RegExpMatchArray): [string, string] {
  return [name, value]
}
