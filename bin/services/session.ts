/*
| One run of the launcher: what it started, in which folder, and how all of it
| ends. `running.json` in the folder names the processes, so that the next run
| can clear away what a killed launcher left behind.
*/
import { readFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { isAlive, LaunchError, terminate, type Owner } from './processes.ts'
import { removeWithOutside } from './system_user.ts'

interface ProcessRecord {
  name: string
  pid: number
  /** When the process began, as the system tells it: process ids are reused. */
  began: string
}

interface RunningRecord {
  launcher: ProcessRecord
  processes: ProcessRecord[]
  /** Settings by which another command joins the running services. */
  environment?: Record<string, string>
}

const FILE = 'running.json'
const THROW_AWAY = 'throw-away-'

function began(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    } catch {
      return 'unknown'
    }
  }
}

function stillRuns({ pid, began: then }: ProcessRecord) {
  return isAlive(pid) && began(pid) === then
}

async function readRecord(folder: string): Promise<RunningRecord | null> {
  try {
    return JSON.parse(await readFile(join(folder, FILE), 'utf8'))
  } catch {
    return null
  }
}

/** Settings of the services that another launcher keeps running in this folder, or null. */
export async function environmentOfRunning(folder: string) {
  const record = await readRecord(folder)
  return record && stillRuns(record.launcher) ? (record.environment ?? null) : null
}

/** Ends the processes that a killed launcher left behind in the folder. */
async function reclaim(folder: string) {
  const record = await readRecord(folder)
  if (!record) {
    return
  }
  if (stillRuns(record.launcher)) {
    const address = record.environment?.APP_URL ? ` at ${record.environment.APP_URL}` : ''
    throw new LaunchError(
      `Finora already runs from this folder${address} (process ${record.launcher.pid}).`
    )
  }
  for (const left of record.processes.toReversed().filter(stillRuns)) {
    await terminate(left.pid, left.name === 'postgres' ? 'SIGINT' : 'SIGTERM')
  }
  await rm(join(folder, FILE), { force: true })
}

/** Removes throw-away folders, beside each other in `parent`, whose launcher is gone. */
async function sweepThrowAways(parent: string) {
  const names = await readdir(parent).catch(() => [])
  for (const name of names.filter((candidate) => candidate.startsWith(THROW_AWAY))) {
    const folder = join(parent, name)
    const record = await readRecord(folder)
    if (record && stillRuns(record.launcher)) {
      continue
    }
    await reclaim(folder)
    await removeWithOutside(folder)
  }
}

export class Session implements Owner {
  readonly folder: string

  /** Nothing of it may be left at the end. */
  readonly throwAway: boolean
  #closers: { name: string; close: () => Promise<void> }[] = []
  #record: RunningRecord = {
    launcher: { name: 'launcher', pid: process.pid, began: began(process.pid) },
    processes: [],
  }
  #saving: Promise<void> = Promise.resolve()
  #stopped?: Promise<void>

  private constructor(folder: string, throwAway: boolean) {
    this.folder = folder
    this.throwAway = throwAway
  }

  /** Opens a session in the folder; at most one at a time can have it. */
  static async open(folder: string, { throwAway = false } = {}) {
    await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o711 })
    await reclaim(folder)
    const session = new Session(folder, throwAway)
    await session.#save()
    return session
  }

  /** Opens a session in a folder of its own below `parent`, removed at the end. */
  static async openThrowAway(parent: string) {
    await sweepThrowAways(parent)
    return this.open(join(parent, `${THROW_AWAY}${process.pid}`), { throwAway: true })
  }

  get stopping() {
    return this.#stopped !== undefined
  }

  /** Throws when the session is ending, so that a start under way goes no further. */
  assertRunning() {
    if (this.stopping) {
      throw new LaunchError('Stopped.')
    }
  }

  log(name: string) {
    return join(this.folder, 'logs', `${name}.log`)
  }

  /** Registers what must be closed at the end; what came last closes first. */
  defer(name: string, close: () => Promise<void>) {
    const closer = { name, close }
    this.#closers.push(closer)
    if (this.stopping) {
      void close()
    }
    return () => {
      this.#closers = this.#closers.filter((other) => other !== closer)
    }
  }

  record(name: string, pid: number | undefined) {
    const others = this.#record.processes.filter((known) => known.name !== name)
    this.#record.processes = pid ? [...others, { name, pid, began: began(pid) }] : others
    void this.#save()
  }

  /** Makes the settings known to commands that want to join (see `run`). */
  async publish(environment: Record<string, string>) {
    this.#record.environment = environment
    await this.#save()
  }

  async stop() {
    this.#stopped ??= this.#close()
    return this.#stopped
  }

  async #close() {
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      await closer
        .close()
        .catch((error: Error) => console.error(`${closer?.name}: ${error.message}`))
    }
    await this.#saving
    await (this.throwAway
      ? removeWithOutside(this.folder)
      : rm(join(this.folder, FILE), { force: true }))
  }

  #save() {
    const content = JSON.stringify(this.#record, null, 2)
    this.#saving = this.#saving.then(() =>
      writeFile(join(this.folder, FILE), content, { mode: 0o600 }).catch(() => {})
    )
    return this.#saving
  }
}
