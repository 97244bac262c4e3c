import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '#tests/support/eventually'
import { freePort } from '#tests/support/worker_process'
import { program } from '#tests/support/program'

type Environment = Record<string, string | undefined>

/** Milliseconds. */
const GRACE = 10_000

/** The API in a process of its own, as production runs it. */
export class ApiProcess {
  readonly #child: ChildProcess
  #log = ''

  private constructor(
    readonly url: string,
    port: number,
    environment: Environment
  ) {
    this.#child = spawn(process.execPath, program.server, {
      cwd: program.cwd,
      env: { ...process.env, LOG_LEVEL: 'info', ...environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.on('data', (chunk) => (this.#log += chunk))
    }
  }

  /** @param environment over the tests' own; undefined takes a setting out */
  static async start(environment: Environment = {}) {
    const api = await ApiProcess.begin(environment)
    await eventually(() => api.#isReady(), 60_000)
    return api
  }

  /** Like {@link start}, without waiting until it is ready. */
  static async begin(environment: Environment = {}) {
    const port = await freePort()
    return new ApiProcess(`http://127.0.0.1:${port}`, port, environment)
  }

  /** What it logged: one JSON object a line. */
  get log() {
    return this.#log
  }

  /** Throws when it doesn't end by itself in the time that Docker gives it. */
  async stop() {
    if (this.#hasEnded) return
    this.#child.kill('SIGTERM')
    try {
      await eventually(() => this.#hasEnded, GRACE)
    } finally {
      this.#child.kill('SIGKILL')
    }
  }

  get #hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async #isReady() {
    if (this.#child.exitCode !== null) throw new Error(`the API ended: ${this.#log}`)
    const response = await fetch(`${this.url}/health/ready`).catch(() => null)
    return response?.ok
  }
}

/** Runs an Ace command to its end in a process of its own. */
export async function runAce(args: string[], environment: Environment = {}) {
  const child = spawn(process.execPath, ['ace.js', ...args], {
    cwd: program.cwd,
    env: { ...process.env, FORCE_COLOR: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => (output += chunk))
  }
  const [exitCode] = await once(child, 'close')
  return { exitCode: exitCode as number, output }
}
