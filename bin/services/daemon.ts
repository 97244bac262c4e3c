/*
| A process that runs until the session ends.
*/
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, signalGroup, type Command, type Owner } from './processes.ts'

export interface DaemonOptions {
  /** File that receives everything the process says. */
  log: string

  /** Asks the process to end; Postgres wants SIGINT, the rest SIGTERM. */
  stopSignal?: NodeJS.Signals

  /** Milliseconds between the request to end and SIGKILL. */
  grace?: number

  /** Text for its standard input (a configuration with a password in it, say). */
  input?: string

  /** Bring it back when it ends by itself. */
  restart?: boolean

  /** Show each line of its output in the terminal, behind its name. */
  echo?: boolean

  /** Told, in a sentence, when it ends by itself and when it comes back. */
  say?: (sentence: string) => void
}

const TAIL = 8_000

/** Deaths sooner than this after a start, in milliseconds, count as failed starts. */
const QUICK = 10_000
const MAX_QUICK_DEATHS = 5

export class Daemon {
  readonly command: Command
  #owner: Owner
  #options: DaemonOptions
  #child?: ChildProcess
  #tail = ''
  #exit?: string
  #quickDeaths = 0
  #abandon!: (reason: Error) => void

  /** Rejects when the process is gone for good without having been asked to end. */
  readonly lost: Promise<never>

  constructor(owner: Owner, command: Command, options: DaemonOptions) {
    this.#owner = owner
    this.command = command
    this.#options = options
    this.lost = new Promise<never>((_, reject) => {
      this.#abandon = reject
    })
    this.lost.catch(() => {})
    rmSync(options.log, { force: true })
    owner.defer(command.name, () => this.#stop())
    this.#start()
  }

  /** How it ended, while it is not running. */
  get exit() {
    return this.#exit
  }

  /** The last of what it said. */
  get tail() {
    return this.#tail
  }

  #start() {
    const { name, file, args, env, cwd, identity, argv0 } = this.command
    const log = createWriteStream(this.#options.log, { flags: 'a', mode: 0o600 })
    const startedAt = Date.now()
    const child = spawn(file, args ?? [], {
      env,
      cwd,
      argv0,
      uid: identity?.uid,
      gid: identity?.gid,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    this.#exit = undefined
    this.#owner.record(name, child.pid)

    child.stdin.on('error', () => {})
    child.stdin.end(this.#options.input ?? '')
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log.write(text)
        this.#tail = (this.#tail + text).slice(-TAIL)
        if (this.#options.echo) {
          process.stdout.write(text.replace(/^(?=.)/gm, `${name.padEnd(7)}│ `))
        }
      })
    }
    child.once('error', (error) => this.#ended(error.message, startedAt))
    child.once('close', (code, signal) => {
      log.end()
      this.#ended(signal ?? `exit code ${code}`, startedAt)
    })
  }

  async #ended(exit: string, startedAt: number) {
    if (this.#exit !== undefined) {
      return
    }
    this.#exit = exit
    this.#owner.record(this.command.name, undefined)
    if (this.#owner.stopping) {
      return
    }

    this.#quickDeaths = Date.now() - startedAt < QUICK ? this.#quickDeaths + 1 : 0
    if (!this.#options.restart || this.#quickDeaths >= MAX_QUICK_DEATHS) {
      this.#abandon(new Error(`${this.command.name} ended (${exit})`))
      return
    }

    this.#options.say?.(`${this.command.name} ended (${exit}); starting it again`)
    await sleep(1_000)
    if (!this.#owner.stopping) {
      this.#start()
    }
  }

  async #stop() {
    const child = this.#child
    if (!child?.pid || this.#exit !== undefined) {
      return
    }
    child.kill(this.#options.stopSignal ?? 'SIGTERM')
    const deadline = Date.now() + (this.#options.grace ?? 10_000)
    while (this.#exit === undefined && Date.now() < deadline) {
      await sleep(20)
    }
    if (this.#exit === undefined && isAlive(child.pid)) {
      signalGroup(child.pid, 'SIGKILL')
    }
  }
}
