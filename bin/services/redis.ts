/*
| Redis: a private one on loopback, and the question whether one answers.
*/
import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Daemon } from './daemon.ts'
import { freePort } from './ports.ts'
import { LaunchError } from './processes.ts'
import { redisBinary, type RedisBinary } from './redis_binary.ts'
import type { Session } from './session.ts'
import { secret, type Memory } from './settings.ts'

export interface RedisServer {
  host: string
  port: number
  password?: string
  /** What it was started from, where we did. */
  binary?: RedisBinary
}

/** What the server answers to PING, or the reason why there is no answer. */
export async function ping({ host, port, password }: RedisServer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    let answer = ''
    const finish = (result: string) => {
      socket.destroy()
      resolve(result)
    }
    socket.on('connect', () => {
      const auth = password ? `AUTH ${JSON.stringify(password)}\r\n` : ''
      socket.write(`${auth}PING\r\n`)
    })
    socket.on('data', (chunk) => {
      answer += chunk
      const last = answer.trimEnd().split('\r\n').at(-1) ?? ''
      if (last === '+PONG' || answer.startsWith('-')) {
        finish(last === '+PONG' ? 'PONG' : answer.split('\r\n')[0].slice(1))
      }
    })
    socket.on('timeout', () => finish('no answer'))
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message))
    socket.on('close', () => finish('connection closed'))
  })
}

interface Options {
  memory: Memory
  restart: boolean
  say: (sentence: string) => void
}

/** Starts a server that keeps nothing on disk and never throws a job out to save memory. */
export async function startRedis(session: Session, options: Options): Promise<RedisServer> {
  const binary = await redisBinary(session, options.say)
  const folder = join(session.folder, 'redis-run')
  await mkdir(folder, { recursive: true })
  session.assertRunning()

  const port = await freePort(options.memory.ports.redis)
  options.memory.ports.redis = port
  const password = secret(24)
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    `dir "${folder}"`,
    'daemonize no',
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
  ]
  const libraries = binary.libraries ? { LD_LIBRARY_PATH: binary.libraries } : {}
  const daemon = new Daemon(
    session,
    {
      name: 'redis',
      file: binary.file,
      args: ['-'],
      argv0: binary.argv0,
      env: { ...process.env, ...libraries },
    },
    {
      log: session.log('redis'),
      input: `${settings.join('\n')}\n`,
      restart: options.restart,
      say: options.say,
    }
  )

  const server = { host: '127.0.0.1', port, password, binary }
  const deadline = Date.now() + 20_000
  for (let answer = await ping(server); answer !== 'PONG'; answer = await ping(server)) {
    if (daemon.exit !== undefined || Date.now() > deadline) {
      throw new LaunchError(`Redis did not start: ${answer}`, daemon.tail)
    }
    await sleep(25)
  }
  return server
}
