/*
| A private Postgres on loopback, from the binaries that npm installed.
*/
import {
  chownSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Daemon } from './daemon.ts'
import { connected, type Login } from './database.ts'
import { freePort } from './ports.ts'
import { postgresBinaries, type PostgresBinaries } from './postgres_binaries.ts'
import { commandLine, executeOrFail, LaunchError, terminate } from './processes.ts'
import type { Session } from './session.ts'
import type { Memory } from './settings.ts'
import { identityFor, privateFolder, type Identity } from './system_user.ts'

interface Options {
  memory: Memory
  user: string
  password: string

  /** Survive a power cut (demo, dev, bench), or only be fast (tests). */
  durable: boolean
  restart: boolean
  say: (sentence: string) => void
}

const SUPERUSER = 'finora_superuser'
const WRONG_PASSWORD = '28P01'

/** Starts the server, making its data folder the first time; gives the login of Finora's owner. */
export async function startPostgres(session: Session, options: Options): Promise<Login> {
  const { memory, user, password, durable, restart, say } = options
  const wanted = join(session.folder, 'postgres')
  const identity = identityFor(wanted)
  const folder = privateFolder(wanted, identity)
  if (lstatSync(wanted).isSymbolicLink() && !session.throwAway) {
    say(`Postgres keeps its data in ${folder}: its system user cannot enter ${session.folder}`)
  }
  const binaries = postgresBinaries(identity)
  const data = join(folder, 'data')

  await initialise(session, {
    folder,
    data,
    binaries,
    identity,
    password: memory.superuserPassword,
  })
  await clearLock(data)
  session.assertRunning()

  const port = await freePort(memory.ports.postgres)
  memory.ports.postgres = port
  const daemon = new Daemon(
    session,
    {
      name: 'postgres',
      file: binaries.postgres,
      args: ['-D', data, ...flags(port, durable)],
      identity,
      cwd: '/',
    },
    { log: session.log('postgres'), stopSignal: 'SIGINT', restart, say }
  )

  const superuser = { host: '127.0.0.1', port, user: SUPERUSER, password: memory.superuserPassword }
  await untilReady(daemon, superuser)
  await connected({ ...superuser, database: 'postgres' }, async (client) => {
    const name = client.escapeIdentifier(user)
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [user])
    await client.query(
      `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN CREATEDB CREATEROLE PASSWORD ${client.escapeLiteral(password)}`
    )
  })
  return { host: '127.0.0.1', port, user, password }
}

function flags(port: number, durable: boolean) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '256MB',
    max_connections: 100,
    max_wal_size: '2GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

interface Cluster {
  folder: string
  data: string
  binaries: PostgresBinaries
  identity: Identity | undefined
  password: string
}

/** Made beside its place and renamed, so that an interrupted initdb leaves nothing half done. */
async function initialise(session: Session, cluster: Cluster) {
  const { folder, data, binaries, identity, password } = cluster
  const version = clusterVersion(data)
  if (version !== undefined) {
    return requireSameMajor(version, binaries, data)
  }

  const passwordFile = join(folder, 'password')
  const draft = join(folder, 'data.new')
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity) {
    chownSync(passwordFile, identity.uid, identity.gid)
  }
  await executeOrFail(session, {
    name: 'initdb',
    file: binaries.initdb,
    args: [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ],
    identity,
    cwd: '/',
  })
  rmSync(passwordFile)
  renameSync(draft, data)
}

function clusterVersion(data: string) {
  try {
    return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined
    }
    throw new LaunchError(`${data} belongs to another user: start as that user, or remove it.`)
  }
}

function requireSameMajor(version: string, binaries: PostgresBinaries, data: string) {
  if (version !== binaries.major) {
    throw new LaunchError(
      `${data} was made by Postgres ${version} and this is ${binaries.major}: move the data over, or remove the folder.`
    )
  }
}

/** Stops a server that a killed launcher left in the folder, and removes a lock file without one. */
async function clearLock(data: string) {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) {
    return
  }
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  if (commandLine(pid).includes(data)) {
    await terminate(pid, 'SIGINT')
  }
  rmSync(lock, { force: true })
}

async function untilReady(daemon: Daemon, login: Login) {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      return await connected({ ...login, database: 'postgres' }, async () => {})
    } catch (error) {
      const refused = (error as { code?: string }).code === WRONG_PASSWORD
      if (refused || daemon.exit !== undefined || Date.now() > deadline) {
        throw new LaunchError(`Postgres did not start: ${(error as Error).message}`, daemon.tail)
      }
      await sleep(50)
    }
  }
}
