/*
| Settings: which servers the person configured, which values the launcher
| remembers, and the first `.env`.
*/
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'

export const root = resolve(import.meta.dirname, '../..')

/** Everything private that must outlive a run; git ignores it. */
export const servicesFolder = join(root, '.services')

export type Settings = Record<string, string | undefined>

const dotEnv = join(root, '.env')

/** `.env` under the environment, as AdonisJS reads them. */
export function settingsWithDotEnv(): Settings {
  const file = existsSync(dotEnv) ? parseEnv(readFileSync(dotEnv, 'utf8')) : {}
  const set = Object.entries(process.env).filter(([, value]) => value !== '')
  return { ...file, ...Object.fromEntries(set) }
}

/** The server a person configured by host or port, or undefined: then a private one is started. */
export function configured(settings: Settings, prefix: 'DB' | 'REDIS' | 'SMTP', usualPort: number) {
  const host = settings[`${prefix}_HOST`]
  const port = settings[`${prefix}_PORT`]
  return host || port ? { host: host ?? '127.0.0.1', port: Number(port ?? usualPort) } : undefined
}

export interface SignIn {
  email: string
  password: string
}

export interface Memory {
  appKey: string
  jwtSecret: string

  /** What `.env` said of them at the last start: they are rotated there. */
  secrets?: Settings
  databasePassword: string
  superuserPassword: string
  ports: Record<string, number>

  /** As whom to sign in to a database that was filled here. */
  signIns: Record<string, SignIn[]>
}

/** Text of `bytes` random bytes that needs no quoting anywhere. */
export function secret(bytes = 32) {
  return randomBytes(bytes).toString('base64url')
}

/** What the folder remembers: secrets that its database was made with, and ports that stay. */
export function recall(folder: string): Memory {
  const file = join(folder, 'memory.json')
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const memory: Memory = {
    appKey: secret(),
    jwtSecret: secret(48),
    databasePassword: secret(24),
    superuserPassword: secret(24),
    ports: {},
    signIns: {},
    ...known,
  }
  remember(folder, memory)
  return memory
}

export function remember(folder: string, memory: Memory) {
  writeFileSync(join(folder, 'memory.json'), JSON.stringify(memory, null, 2), { mode: 0o600 })
}

const ROTATED = ['APP_KEY', 'JWT_ACCESS_TOKEN_SECRET']
const SECRETS = [
  ...ROTATED.flatMap((name) => [name, `${name}_PREVIOUS`]),
  'DB_APP_PASSWORD',
  'DB_SYSTEM_PASSWORD',
]

/**
 * Writes the first `.env`, readable by its owner alone. An existing one is never
 * touched; its secrets are remembered, for the day it is gone and the data is not.
 */
export function writeDotEnv(folder: string) {
  const memory = recall(folder)
  if (existsSync(dotEnv)) {
    const settings = parseEnv(readFileSync(dotEnv, 'utf8'))
    memory.secrets = Object.fromEntries(
      SECRETS.filter((name) => settings[name]).map((name) => [name, settings[name]])
    )
    remember(folder, memory)
    return false
  }
  const { appKey: APP_KEY, jwtSecret: JWT_ACCESS_TOKEN_SECRET } = memory
  const secrets = { APP_KEY, JWT_ACCESS_TOKEN_SECRET, ...memory.secrets }
  const content = `# Written by "npm start". Every setting is described in .env.example.
NODE_ENV=development
HOST=127.0.0.1
PORT=4000
LOG_LEVEL=info

# Keep these: encrypted columns and database logins depend on them.
${Object.entries(secrets)
  .map(([name, value]) => `${name}=${value}`)
  .join('\n')}

# Without DB_HOST, REDIS_HOST and SMTP_HOST the launcher brings its own servers.
DB_USER=finora
DB_DATABASE=finora

DRIVE_DISK=fs
DRIVE_ROOT=.services/files
`
  writeFileSync(dotEnv, content, { mode: 0o600, flag: 'wx' })
  return true
}
