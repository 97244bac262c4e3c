import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { request, type IncomingHttpHeaders } from 'node:http'
import { eventually } from '#tests/support/eventually'
import { freePort } from '#tests/support/worker_process'
import { program } from '#tests/support/program'

interface Question {
  method?: string
  headers?: Record<string, string | string[]>
  /** Sent as JSON. */
  json?: object
  /** The address it is sent from, of loopback. */
  from?: string
}

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** The API in a process of its own, with settings of its own. */
export class ServerProcess {
  readonly #settings: Record<string, string>
  #child?: ChildProcess
  #port = 0
  #log = ''

  constructor(settings: Record<string, string> = {}) {
    this.#settings = settings
  }

  /** Everything it wrote, errors too. */
  get log() {
    return this.#log
  }

  /** Resolves once it answers. */
  async start() {
    this.#spawn(await freePort())
    await eventually(() => this.#isUp(), 30_000)
    return this
  }

  /** For settings that it refuses: resolves with its exit code. */
  async startInVain() {
    this.#spawn(await freePort())
    const [code] = await once(this.#child!, 'exit')
    return code as number
  }

  async stop() {
    if (this.#child?.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }

  /** One request with exactly these headers, on a connection of its own. */
  ask(path: string, { method, headers = {}, json, from }: Question = {}): Promise<Reply> {
    const body = json && JSON.stringify(json)
    const reply = Promise.withResolvers<Reply>()
    const asked = request(
      {
        host: '127.0.0.1',
        port: this.#port,
        path,
        method: method ?? (json ? 'POST' : 'GET'),
        localAddress: from,
        agent: false,
        headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
      },
      async (response) => {
        const chunks = await response.toArray()
        reply.resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        })
      }
    )
    asked.on('error', reply.reject)
    asked.end(body)
    return reply.promise
  }

  #spawn(port: number) {
    this.#port = port
    this.#child = spawn(process.execPath, program.server, {
      cwd: program.cwd,
      env: { ...process.env, ...this.#settings, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.on('data', (chunk) => (this.#log += chunk))
    }
  }

  async #isUp() {
    if (this.#child!.exitCode !== null) throw new Error(this.#log)
    return this.ask('/health/live').then(
      () => true,
      () => false
    )
  }
}
