/*
| Postgres refuses to run as root, so a launcher that is root becomes a system
| user for it, and everything that user needs must be within its reach.
*/
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { readdir, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LaunchError } from './processes.ts'
import { root } from './settings.ts'

export interface Identity {
  uid: number
  gid: number
}

const CANDIDATES = ['finora', 'postgres', 'nobody']

function lookUp(field: 0 | 2, value: string): Identity | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const entry = lines.map((line) => line.split(':')).find((fields) => fields[field] === value)
  return entry && { uid: Number(entry[2]), gid: Number(entry[3]) }
}

function create(): Identity | undefined {
  for (const [file, ...args] of [
    ['useradd', '--system', '--no-create-home', 'finora'],
    ['adduser', '-S', '-D', '-H', 'finora'],
  ]) {
    if (spawnSync(file, args, { stdio: 'ignore' }).status === 0) {
      return lookUp(0, 'finora')
    }
  }
}

/**
 * Whom to become for Postgres: nobody else when the launcher is an ordinary
 * user; as root the owner of an existing data folder, or else a system user.
 */
export function identityFor(dataFolder: string): Identity | undefined {
  if (process.getuid?.() !== 0) {
    return undefined
  }
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid
  const identity =
    (owner ? lookUp(2, String(owner)) : undefined) ??
    CANDIDATES.map((name) => lookUp(0, name)).find((found) => found && found.uid !== 0) ??
    create()
  if (!identity) {
    throw new LaunchError(
      'Postgres does not run as root and no system user could be made: run as an ordinary user, or set DB_HOST.'
    )
  }
  return identity
}

/** Whether the identity can run the file (its folders and libraries included). */
export function canRun(file: string, identity: Identity | undefined) {
  return spawnSync(file, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0
}

function canEnter(folder: string, identity: Identity) {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...identity, cwd: '/' }).status === 0
  )
}

/** A folder outside of the project, for what must not lie below a closed home. */
export function outsideFolder(name: string) {
  const project = createHash('sha256').update(root).digest('hex').slice(0, 12)
  const folder = join('/var/lib', `finora-${project}`)
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  chmodSync(folder, 0o711)
  return join(folder, name)
}

/**
 * Makes a private folder that the identity can work in: the one asked for, or a
 * new one outside of the project, behind a link, when a parent of the first is
 * closed to that user. Gives the real path.
 */
export function privateFolder(wanted: string, identity: Identity | undefined) {
  mkdirSync(wanted, { recursive: true, mode: 0o700 })
  const folder = realpathSync(wanted)
  if (!identity) {
    return folder
  }
  chownSync(folder, identity.uid, identity.gid)
  if (canEnter(folder, identity)) {
    return folder
  }

  const outside = mkdtempSync(`${outsideFolder(basename(wanted))}-`)
  chownSync(outside, identity.uid, identity.gid)
  if (!canEnter(outside, identity)) {
    throw new LaunchError(`${wanted} is closed to the system user that runs Postgres.`)
  }
  rmdirSync(wanted)
  symlinkSync(outside, wanted)
  return outside
}

/** Removes a folder and what {@link privateFolder} put elsewhere for it. */
export async function removeWithOutside(folder: string) {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isSymbolicLink()) {
      await rm(await realpath(join(folder, entry.name)), { recursive: true, force: true })
    }
  }
  await rm(folder, { recursive: true, force: true })
}
