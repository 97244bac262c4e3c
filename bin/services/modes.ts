/*
| What `bin/with_services` can be asked for, beside the demo. Each gives the
| exit code, or what to wait for while daemons run.
*/
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { daemon, migrate, node, untilHealthy, type Environment } from './application.ts'
import { bringUp } from './bring_up.ts'
import { step } from './console.ts'
import { address, localUrl, startDemo } from './demo.ts'
import { handOver } from './processes.ts'
import { environmentOfRunning, Session } from './session.ts'
import { root, servicesFolder, settingsWithDotEnv, writeDotEnv } from './settings.ts'

export interface Mode {
  open: () => Promise<Session>
  run: (session: Session, args: string[]) => Promise<number | Promise<never>[]>
}

const lasting = () => Session.open(servicesFolder)
const throwAway = () => Session.openThrowAway(servicesFolder)

/** Constant, because a test database that was already there keeps the logins derived from it. */
function testSecret(purpose: string) {
  return createHash('sha256').update(`finora tests: ${purpose}`).digest('base64url')
}

/** Tests and bench ask more often than a person may. */
const withoutLimits = Object.fromEntries(
  ['AI', 'AUTH', 'IMPORTS', 'FILES', 'API', 'IP'].map((name) => [
    `RATE_LIMIT_${name}`,
    '1000000000/second',
  ])
)

/** Tests' receivers of webhooks listen there; every other address of this machine stays refused. */
const withReceivers = {
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.2/32',
  WEBHOOK_ALLOW_HTTP: 'true',
  WEBHOOK_PORTS: '1-65535',
}

/** Complete in itself: `ENV_PATH` keeps the person's own `.env` out of tests and bench. */
function isolated(session: Session): Environment {
  return {
    ENV_PATH: session.folder,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: process.env.PORT ?? '3333',
    APP_URL: `http://localhost:${process.env.PORT ?? '3333'}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    APP_KEY: testSecret('APP_KEY'),
    JWT_ACCESS_TOKEN_SECRET: testSecret('JWT_ACCESS_TOKEN_SECRET'),
    DRIVE_DISK: 'fs',
    DRIVE_ROOT: join(session.folder, 'files'),
    ...withoutLimits,
  }
}

/** The test database stands beside the one that was named, never in its place. */
function testDatabase() {
  const name = process.env.DB_DATABASE || 'finora'
  return name.endsWith('_test') ? name : `${name}_test`
}

async function inIsolation(session: Session, durable: boolean) {
  const services = await bringUp(session, {
    settings: process.env,
    durable,
    restart: false,
    database: testDatabase(),
  })
  return { ...services, ...isolated(session) }
}

const demo: Mode = { open: lasting, run: startDemo }

/** The whole of bin/ci; with arguments, only Japa with those arguments. */
const test: Mode = {
  open: throwAway,
  async run(session, args) {
    const environment = { ...(await inIsolation(session, false)), ...withReceivers }
    if (args.length === 0) {
      return handOver(session, node('ci', environment, 'bin/ci.ts'))
    }
    await step('Migrations', () => migrate(session, environment), String)
    const japa = ['--import=@poppinss/ts-exec', 'bin/test.ts', ...args]
    return handOver(session, node('tests', environment, ...japa))
  },
}

const bench: Mode = {
  open: throwAway,
  async run(session, args) {
    const environment = { ...(await inIsolation(session, true)), NODE_ENV: 'production' }
    await step('Migrations', () => migrate(session, environment), String)
    const main = ['--import=@poppinss/ts-exec', 'tests/bench/main.ts', ...args]
    return handOver(session, node('bench', environment, ...main))
  },
}

async function forDevelopment(session: Session): Promise<Environment> {
  writeDotEnv(session.folder)
  const settings = settingsWithDotEnv()
  const database = settings.DB_DATABASE ?? 'finora'
  const services = await bringUp(session, { settings, durable: true, restart: true, database })
  return { ...services, ...(await address()) }
}

/** The API, started again when a file changes, and the worker, both speaking in the terminal. */
const dev: Mode = {
  open: lasting,
  async run(session) {
    const environment = await forDevelopment(session)
    await step('Migrations', () => migrate(session, environment), String)
    const worker = daemon(session, node('worker', environment, 'ace.js', 'queue:work'), {
      echo: true,
    })
    const api = daemon(
      session,
      node('api', environment, 'ace.js', 'serve', '--watch', '--no-clear'),
      {
        echo: true,
        stopSignal: 'SIGINT',
      }
    )
    await untilHealthy(api, `${localUrl(environment)}/health/live`)
    await session.publish(environment)
    return [api.lost, worker.lost]
  },
}

/** Any command with the services: those that already run, or some for as long as it lasts. */
const run: Mode = {
  open: lasting,
  async run(session, args) {
    return handOver(session, command(args, await forDevelopment(session)))
  },
}

function command(args: string[], environment: Environment) {
  const [file, ...rest] = args[0] === '--' ? args.slice(1) : args
  return {
    name: file,
    file: file === 'node' ? process.execPath : file,
    args: rest,
    env: { ...process.env, ...environment },
    cwd: root,
  }
}

/** Joins the services of a running `npm start` or `npm run dev`; undefined when none runs. */
export async function runBesideRunning(args: string[]) {
  const environment = await environmentOfRunning(servicesFolder)
  const nobody = { stopping: false, defer: () => () => {}, record: () => {} }
  return environment ? handOver(nobody, command(args, environment)) : undefined
}

export const modes: Record<string, Mode> = { demo, test, bench, dev, run }
