import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const TS_EXEC = '--import=@poppinss/ts-exec'

/** How the application's processes are started: from the build, or from source. */
export interface Programs {
  worker: string[]
  server: string[]
}

export const FROM_SOURCE: Programs = {
  worker: ['ace.js', 'queue:work'],
  server: [TS_EXEC, 'bin/server.ts'],
}

const FROM_BUILD: Programs = {
  worker: ['build/ace.js', 'queue:work'],
  server: ['build/bin/server.js'],
}

/** Builds as for production. Whether all types fit is for `npm test` to say. */
export async function buildPrograms(): Promise<Programs> {
  await new Process('build', ['ace.js', 'build', '--ignore-ts-errors']).finished()
  return FROM_BUILD
}

/** Processes that still run: none of them outlives the bench. */
const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** A process of the application or of a floor, apart from the bench as in production. */
export class Process {
  readonly #name: string
  readonly #child: ChildProcess
  #output = ''

  constructor(name: string, args: string[], environment: Record<string, string> = {}) {
    this.#name = name
    this.#child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(this.#child)
    this.#child.once('exit', () => running.delete(this.#child))
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-10_000)
      })
    }
  }

  get peakMegabytes() {
    return peakMegabytes(this.#child.pid!)
  }

  /** Waits for it to end well; gives what it said. */
  async finished() {
    if (!this.#hasEnded) await once(this.#child, 'close')
    if (this.#child.exitCode !== 0) throw new Error(`${this.#name} failed:\n${this.#output}`)
    return this.#output
  }

  async says(words: string) {
    await this.#until(() => this.#output.includes(words))
  }

  async listens(port: number) {
    await this.#until(() =>
      fetch(`http://127.0.0.1:${port}/health/live`).then(
        () => true,
        () => false
      )
    )
  }

  async stop() {
    if (this.#hasEnded) return
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(timer)
  }

  get #hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async #until(isReady: () => boolean | Promise<boolean>) {
    const deadline = Date.now() + 60_000
    while (!(await isReady())) {
      if (this.#hasEnded || Date.now() > deadline) {
        throw new Error(`${this.#name} did not start:\n${this.#output}`)
      }
      await sleep(50)
    }
  }
}

/** The most memory that the process had resident (Linux only; NaN elsewhere). */
export function peakMegabytes(pid: number) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
