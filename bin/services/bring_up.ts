/*
| Postgres, Redis and the inbox: the configured ones where a person configured
| them, private ones otherwise; and the settings by which Finora finds them.
*/
import { join } from 'node:path'
import { step, warn } from './console.ts'
import { dropDatabase, ensureDatabase, type Login } from './database.ts'
import { startInbox } from './inbox.ts'
import { accepts } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { LaunchError } from './processes.ts'
import { ping, startRedis, type RedisServer } from './redis.ts'
import type { Session } from './session.ts'
import { configured, recall, remember, type Memory, type Settings } from './settings.ts'

export interface Needs {
  settings: Settings

  /** See {@link startPostgres}. */
  durable: boolean

  /** Bring private servers back when they end by themselves. */
  restart: boolean

  /** The database to use, derived from `DB_DATABASE`. */
  database: string
}

/** Starts or finds all three and gives the environment of Finora's processes. */
export async function bringUp(session: Session, needs: Needs): Promise<Record<string, string>> {
  const memory = recall(session.folder)
  const login = await step('Postgres', () => postgres(session, memory, needs), at)
  const redis = await step('Redis', () => redisServer(session, memory, needs), at)
  const mail = await step(
    'Inbox',
    () => inbox(session, memory, needs.settings),
    (found) => found.url ?? at(found.smtp)
  )
  remember(session.folder, memory)

  const environment: Record<string, string> = {
    DB_HOST: login.host,
    DB_PORT: String(login.port),
    DB_USER: login.user,
    DB_PASSWORD: login.password ?? '',
    DB_DATABASE: needs.database,
    REDIS_HOST: redis.host,
    REDIS_PORT: String(redis.port),
    REDIS_PASSWORD: redis.password ?? '',
    SMTP_HOST: mail.smtp.host,
    SMTP_PORT: String(mail.smtp.port),
    DRIVE_DISK: needs.settings.DRIVE_DISK ?? 'fs',
    DRIVE_ROOT: needs.settings.DRIVE_ROOT ?? join(session.folder, 'files'),
    TZ: 'UTC',
  }
  if (redis.binary) {
    environment.REDIS_SERVER_BIN = redis.binary.file
    environment.REDIS_SERVER_LIBRARIES = redis.binary.libraries ?? ''
  }
  if (mail.url) {
    environment.INBOX_URL = mail.url
  }
  await session.publish(environment)
  return environment
}

const at = ({ host, port }: { host: string; port: number }) => `${host}:${port}`

async function postgres(session: Session, memory: Memory, needs: Needs): Promise<Login> {
  const { settings, durable, restart, database } = needs
  const own = configured(settings, 'DB', 5432)
  const user = settings.DB_USER ?? 'finora'
  const login = own
    ? { ...own, user, password: settings.DB_PASSWORD }
    : await startPostgres(session, {
        memory,
        user,
        password: settings.DB_PASSWORD ?? memory.databasePassword,
        durable,
        restart,
        say: warn,
      })

  const created = await ensureDatabase(login, database)
  if (own && created && session.throwAway) {
    session.defer('database', () => dropDatabase(login, database))
  }
  return login
}

async function redisServer(session: Session, memory: Memory, needs: Needs): Promise<RedisServer> {
  const own = configured(needs.settings, 'REDIS', 6379)
  if (own) {
    const server = { ...own, password: needs.settings.REDIS_PASSWORD }
    const answer = await ping(server)
    if (answer === 'PONG') {
      return server
    }
    if (/^(NOAUTH|WRONGPASS|ERR)/.test(answer)) {
      throw new LaunchError(`Redis at ${at(own)} refuses REDIS_PASSWORD: ${answer}`)
    }
    warn(`Redis at ${at(own)} does not answer (${answer}); starting a private one`)
  }
  return startRedis(session, { memory, restart: needs.restart, say: warn })
}

async function inbox(session: Session, memory: Memory, settings: Settings) {
  const own = configured(settings, 'SMTP', 25)
  if (!own) {
    return startInbox(session, memory)
  }
  if (!(await accepts(own.host, own.port))) {
    warn(`The mail server at ${at(own)} does not answer; mails wait until it does`)
  }
  return { smtp: own, url: undefined }
}
