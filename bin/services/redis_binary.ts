/*
| Where a Redis comes from on a machine that may have none.
*/
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { execute, executeOrFail, LaunchError, type Command } from './processes.ts'
import type { Session } from './session.ts'
import { servicesFolder } from './settings.ts'

export interface RedisBinary {
  file: string
  /** Debian's redis-check-rdb is the server when it is called by the server's name. */
  argv0?: string
  libraries?: string
}

const NAMES = ['redis-server', 'valkey-server']

function onPath(names: string[], path = process.env.PATH ?? '') {
  const folders = [...path.split(delimiter), '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(runs)
}

function runs(file: string) {
  return existsSync(file) && spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0
}

function hasApt() {
  return existsSync('/etc/debian_version') && Boolean(onPath(['apt-get']) && onPath(['dpkg']))
}

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

/**
 * As root on Debian and Ubuntu. `redis-tools` holds the server's binary;
 * `redis-server` would add a system service, started at once on port 6379.
 */
async function fromAptAsRoot(session: Session): Promise<RedisBinary | undefined> {
  const apt = (...args: string[]): Command => ({
    name: 'apt-get',
    file: 'apt-get',
    args,
    env: quiet,
  })
  const install = apt('install', '-y', '--no-install-recommends', 'redis-tools')
  const { code } = await execute(session, install)
  if (code !== 0) {
    await execute(session, apt('update'))
    await execute(session, install)
  }
  const file = onPath(['redis-check-rdb'])
  return file ? { file, argv0: 'redis-server' } : undefined
}

/** As anybody on Debian and Ubuntu: the packages, unpacked into a folder of ours. */
async function fromAptUnpacked(session: Session): Promise<RedisBinary | undefined> {
  const folder = join(servicesFolder, 'redis-debian')
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`
    await unpack(session, draft)
    await rename(draft, folder)
  }
  const file = join(folder, 'root/usr/bin/redis-check-rdb')
  return existsSync(file)
    ? { file, argv0: 'redis-server', libraries: libraryFolders(join(folder, 'root')).join(':') }
    : undefined
}

async function unpack(session: Session, draft: string) {
  const lists = join(draft, 'lists/partial')
  const archives = join(draft, 'archives/partial')
  await mkdir(lists, { recursive: true })
  await mkdir(archives, { recursive: true })
  const ours = [
    `Dir::State::lists=${join(draft, 'lists')}`,
    `Dir::Cache=${draft}`,
    'Debug::NoLocking=1',
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option])
  const apt = (...args: string[]) =>
    executeOrFail(session, {
      name: 'apt-get',
      file: 'apt-get',
      args: [...ours, ...args],
      cwd: archives,
      env: quiet,
    })

  try {
    await apt('update')
    const plan = await apt('-s', '--no-install-recommends', 'install', 'redis-tools')
    const missing = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1])
    await apt('download', ...new Set(['redis-tools', ...missing]))
    for (const archive of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
      await executeOrFail(session, {
        name: 'dpkg',
        file: 'dpkg',
        args: ['-x', join(archives, archive), join(draft, 'root')],
      })
    }
    await rm(join(draft, 'lists'), { recursive: true })
    await rm(join(draft, 'archives'), { recursive: true })
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

function libraryFolders(unpacked: string) {
  return ['usr/lib', 'lib'].flatMap((name) => {
    const folder = join(unpacked, name)
    const triplets = existsSync(folder) ? readdirSync(folder) : []
    return triplets.filter((entry) => entry.includes('-linux-')).map((entry) => join(folder, entry))
  })
}

/** Downloads the source of Redis and compiles it: needs the internet, make and a C compiler. */
async function compiled(): Promise<RedisBinary | undefined> {
  const { default: memoryServer } = await import('redis-memory-server/lib/util/RedisBinary.js')
  const file = await memoryServer.default.getPath({ downloadDir: join(servicesFolder, 'redis') })
  return existsSync(file) ? { file } : undefined
}

/** The first Redis or Valkey that can be had, or one sentence about what to do. */
export async function redisBinary(session: Session, say: (sentence: string) => void) {
  const installed = onPath(NAMES)
  if (installed) {
    return { file: installed }
  }

  const sources = [
    {
      sentence: 'No Redis found: installing the package redis-tools',
      available: () => hasApt() && process.getuid?.() === 0,
      from: fromAptAsRoot,
    },
    {
      sentence: 'No Redis found: unpacking the package redis-tools',
      available: hasApt,
      from: fromAptUnpacked,
    },
    {
      sentence: 'No Redis found: compiling one (a minute or two)',
      available: () => true,
      from: compiled,
    },
  ]
  for (const { sentence, available, from } of sources) {
    session.assertRunning()
    if (!available()) {
      continue
    }
    say(sentence)
    try {
      const binary = await from(session)
      if (binary) {
        return binary
      }
    } catch (error) {
      say(`that did not work: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  throw new LaunchError(
    'Finora needs Redis and none could be had: install redis-server (or valkey), set REDIS_HOST, or use Docker Compose.'
  )
}
