import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import { eventually } from '#tests/support/eventually'
import { program } from '#tests/support/program'

async function ended(child: ChildProcess) {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

/** A worker in a process of its own, as production runs it: it can be killed. */
export class WorkerProcess {
  readonly #child: ChildProcess
  #log = ''

  /**
   * @param redisPort where its Redis listens, unless where the tests' own does
   * @param queue or several, separated by commas
   * @param silence seconds after which the jobs of one that was killed run again
   */
  constructor({
    queue = 'notifications',
    redisPort = undefined as number | undefined,
    silence = 3,
    settings = {} as Record<string, string>,
  } = {}) {
    this.#child = spawn(process.execPath, ['ace.js', 'queue:work', `--queues=${queue}`], {
      cwd: program.cwd,
      env: {
        ...process.env,
        NODE_ENV: 'test',
        LOG_LEVEL: 'info',
        QUEUE_SILENCE_SECONDS: String(silence),
        ...settings,
        ...(redisPort && { REDIS_PORT: String(redisPort), REDIS_PASSWORD: '' }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child.stdout!.on('data', (chunk) => (this.#log += chunk))
  }

  /** What it logged: one JSON object a line. */
  get log() {
    return this.#log
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Asks it to stop, waits until it has and answers the exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT') {
    this.#child.kill(signal)
    return ended(this.#child)
  }

  async kill() {
    this.#child.kill('SIGKILL')
    await ended(this.#child)
  }

  /** Answers the exit code of a process that ends by itself. */
  async exit() {
    return ended(this.#child)
  }
}

/** A Redis of one's own, to be wiped, stopped and started again on the same port. */
export class PrivateRedis {
  #child?: ChildProcess
  #port = 0

  get port() {
    return this.#port
  }

  async start() {
    this.#port ||= await freePort()
    const options = [
      '--port',
      this.#port,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ]
    const { REDIS_SERVER_BIN: file = 'redis-server', REDIS_SERVER_LIBRARIES: libraries } =
      process.env
    this.#child = spawn(file, options.map(String), {
      argv0: 'redis-server',
      env: { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) },
      stdio: 'ignore',
    })
    await eventually(() => this.#ask((redis) => redis.ping()).catch(() => false))
  }

  async stop() {
    if (!this.#child) return
    this.#child.kill('SIGKILL')
    await ended(this.#child)
  }

  /** Silent from now on, with its connections open. */
  freeze() {
    this.#child!.kill('SIGSTOP')
  }

  thaw() {
    this.#child!.kill('SIGCONT')
  }

  flush() {
    return this.#ask((redis) => redis.flushall())
  }

  async #ask<T>(work: (redis: Redis) => Promise<T>) {
    const redis = new Redis({ port: this.#port, lazyConnect: true, retryStrategy: null })
    redis.on('error', () => {})
    try {
      await redis.connect()
      return await work(redis)
    } finally {
      redis.disconnect()
    }
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
