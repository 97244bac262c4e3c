/*
| Child processes: commands that end, and daemons that are kept running.
*/
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A failure that the reader of the terminal can act on; `output` is what the child said last. */
export class LaunchError extends Error {
  readonly output: string

  constructor(message: string, output = '') {
    super(message)
    this.output = output
  }
}

/** What to start. `identity` is the system user to become; root is refused by Postgres. */
export interface Command {
  name: string
  file: string
  args?: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  identity?: { uid: number; gid: number }
  argv0?: string
}

const TAIL = 8_000

/** Whether a process with this id exists, of whichever user. */
export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command line of a process, empty when there is none. */
export function commandLine(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    const found = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return found.stdout ?? ''
  }
}

/** The parent of a process, where the system tells by file (Linux), or undefined. */
export function parentOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}

/** Signals a process and everything it started, if it leads a group. */
export function signalGroup(pid: number, signal: NodeJS.Signals) {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal)
      return
    } catch {
      continue
    }
  }
}

/** Asks a process to end and insists once `grace` milliseconds have passed. */
export async function terminate(pid: number, signal: NodeJS.Signals, grace = 10_000) {
  try {
    process.kill(pid, signal)
  } catch {
    return
  }
  const deadline = Date.now() + grace
  while (isAlive(pid) && Date.now() < deadline) {
    await sleep(25)
  }
  if (isAlive(pid)) {
    signalGroup(pid, 'SIGKILL')
  }
}

function options(command: Command) {
  return {
    cwd: command.cwd,
    env: command.env,
    argv0: command.argv0,
    uid: command.identity?.uid,
    gid: command.identity?.gid,
  }
}

/** The part of a session that a child needs: being stopped with it, and being on record. */
export interface Owner {
  readonly stopping: boolean
  defer(name: string, close: () => Promise<void>): () => void
  record(name: string, pid: number | undefined): void
}

interface Watched {
  /** Called with each complete line of output, as it comes. */
  onLine?: (line: string) => void
}

/**
 * Runs a command to its end and gives its output and exit code. It lives in a
 * process group of its own, so that Ctrl-C reaches the launcher alone and
 * everything stops in order.
 */
export async function execute(owner: Owner, command: Command, watched: Watched = {}) {
  const child = spawn(command.file, command.args ?? [], {
    ...options(command),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const release = supervise(owner, command, child)
  let output = ''
  let line = ''

  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const lines = (line + text).split('\n')
      line = lines.pop() ?? ''
      lines.forEach((complete) => watched.onLine?.(complete))
    })
  }

  try {
    return { code: await ended(child, command), output }
  } finally {
    release()
  }
}

/** Like {@link execute}, but anything other than exit code 0 is a {@link LaunchError}. */
export async function executeOrFail(owner: Owner, command: Command, watched: Watched = {}) {
  const { code, output } = await execute(owner, command, watched)
  if (code !== 0) {
    throw new LaunchError(`${command.name} failed (exit code ${code})`, output.slice(-TAIL))
  }
  return output
}

/** Runs a command that owns the terminal until it ends; gives its exit code. */
export async function handOver(owner: Owner, command: Command) {
  const child = spawn(command.file, command.args ?? [], { ...options(command), stdio: 'inherit' })
  const release = supervise(owner, command, child)
  try {
    return await ended(child, command)
  } finally {
    release()
  }
}

/** Until released, the child ends with the session, or with the next one if this one is killed. */
function supervise(owner: Owner, { name }: Command, { pid }: ChildProcess) {
  owner.record(name, pid)
  const forget = owner.defer(name, async () => {
    if (pid) {
      await terminate(pid, 'SIGTERM')
    }
  })
  return () => {
    owner.record(name, undefined)
    forget()
  }
}

async function ended(child: ChildProcess, command: Command): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new LaunchError(`${command.name} could not start: ${error.message}`))
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}
