/*
| Finora's own processes: Ace commands, the API and the worker.
*/
import { setTimeout as sleep } from 'node:timers/promises'
import { warn } from './console.ts'
import { Daemon, type DaemonOptions } from './daemon.ts'
import { executeOrFail, LaunchError, type Command } from './processes.ts'
import type { Session } from './session.ts'
import { root } from './settings.ts'

export type Environment = Record<string, string>

/** What runs under a name of its own, with the settings over the person's environment. */
export function node(name: string, environment: Environment, ...args: string[]): Command {
  return {
    name,
    file: process.execPath,
    args,
    cwd: root,
    env: { ...process.env, ...environment },
  }
}

export function ace(environment: Environment, command: string, ...args: string[]) {
  return node(command, environment, 'ace.js', command, ...args)
}

/** Brings the schema up to date. In production mode, so that no source file is rewritten. */
export async function migrate(session: Session, environment: Environment) {
  const output = await executeOrFail(
    session,
    ace({ ...environment, NODE_ENV: 'production' }, 'migration:run', '--force')
  )
  const applied = [...output.matchAll(/^.*\bmigrated\b.*database\/migrations/gm)].length
  return applied ? `${applied} applied` : 'up to date'
}

export const serverArgs = ['--import=@poppinss/ts-exec', 'bin/server.ts']

/** Starts a process that is brought back when it dies. */
export function daemon(session: Session, command: Command, options: Partial<DaemonOptions> = {}) {
  session.assertRunning()
  return new Daemon(session, command, {
    log: session.log(command.name),
    grace: 30_000,
    restart: true,
    say: warn,
    ...options,
  })
}

/** Waits until the address answers 200; fails at once when the process behind it has died. */
export async function untilHealthy(server: Daemon, url: string, patience = 120_000) {
  const deadline = Date.now() + patience
  let last = 'no answer'
  while (Date.now() < deadline) {
    if (server.exit !== undefined) {
      throw new LaunchError(`${server.command.name} did not start (${server.exit})`, server.tail)
    }
    const status = await statusOf(url)
    if (status === 200) {
      return
    }
    last = status ? `status ${status}` : 'no answer'
    await sleep(200)
  }
  throw new LaunchError(`${url} is not healthy: ${last}`, server.tail)
}

/** The status of a GET without following redirects, or undefined without an answer. */
export async function statusOf(url: string) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
    await response.body?.cancel()
    return response.status
  } catch {
    return undefined
  }
}
