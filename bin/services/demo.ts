/*
| `npm start`: everything, on a database that is filled when it is empty.
*/
import { stripVTControlCharacters } from 'node:util'
import {
  ace,
  daemon,
  migrate,
  node,
  serverArgs,
  statusOf,
  untilHealthy,
  type Environment,
} from './application.ts'
import { bringUp } from './bring_up.ts'
import { dim, say, step, table, warn } from './console.ts'
import { nextFree } from './ports.ts'
import { executeOrFail } from './processes.ts'
import type { Session } from './session.ts'
import {
  configured,
  recall,
  remember,
  servicesFolder,
  settingsWithDotEnv,
  writeDotEnv,
  type SignIn,
} from './settings.ts'

const SIGN_IN = /sign in as (\S+) \/ (\S+)/

/** Starts Finora and returns once it can be used; gives what to wait for until the end. */
export async function startDemo(session: Session) {
  if (writeDotEnv(session.folder)) {
    say(`wrote .env with new secrets ${dim('(only you can read it; git ignores it)')}`)
  }
  const settings = settingsWithDotEnv()
  const services = await bringUp(session, {
    settings,
    durable: true,
    restart: true,
    database: settings.DB_DATABASE ?? 'finora',
  })
  const environment = { ...services, ...(await address()) }

  await step('Migrations', () => migrate(session, environment), String)
  const own = configured(settings, 'DB', 5432)
  const database = `${own ? `${own.host}:${own.port}/` : ''}${environment.DB_DATABASE}`
  const signIns = await step(
    'Demo data',
    () => seed(session, environment, database),
    (found) => (found.length ? 'ready' : 'left alone: the database has users of its own')
  )

  const worker = daemon(session, node('worker', environment, 'ace.js', 'queue:work'))
  const api = daemon(session, node('api', environment, ...serverArgs))
  await step('API', () => untilHealthy(api, `${localUrl(environment)}/health`))
  await session.publish(environment)

  await present(environment, signIns)
  return [api.lost, worker.lost]
}

/** Port 4000 (or `PORT`) or the next free one, which is said. */
export async function address(): Promise<Environment> {
  const settings = settingsWithDotEnv()
  const wanted = Number(settings.PORT ?? 4000)
  const port = await nextFree(wanted)
  if (port !== wanted) {
    warn(`Port ${wanted} is taken; Finora listens on ${port}`)
  }
  const local =
    !settings.APP_URL || /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(settings.APP_URL)
  return {
    HOST: settings.HOST ?? '127.0.0.1',
    PORT: String(port),
    APP_URL: local ? `http://localhost:${port}` : settings.APP_URL!,
  }
}

/** Where this machine reaches the API, whatever its address for others is. */
export function localUrl({ HOST, PORT }: Environment) {
  const host = ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}

/**
 * `demo:seed` fills a database without users and says as whom to sign in. The
 * answer is kept with the data, for the starts after the first.
 */
async function seed(session: Session, environment: Environment, database: string) {
  const memory = recall(session.folder)
  const found: SignIn[] = []
  await executeOrFail(session, ace(environment, 'demo:seed'), {
    onLine: (colored) => {
      const line = stripVTControlCharacters(colored)
      const [, email, password] = SIGN_IN.exec(line) ?? []
      if (email) {
        found.push({ email, password })
      } else if (line.trim()) {
        say(dim(`  ${line.replace(/^\[ \w+ \]/, '').trim()}`))
      }
    },
  })
  if (found.length) {
    memory.signIns[database] = found
    remember(session.folder, memory)
  }
  return memory.signIns[database] ?? []
}

async function present(environment: Environment, signIns: SignIn[]) {
  const url = environment.APP_URL
  const rows: [string, string][] = [
    ['API', `${url}/api/v1`],
    ['Docs', `${url}/docs`],
  ]
  const admin = await statusOf(`${localUrl(environment)}/admin`)
  if (admin && admin !== 404) {
    rows.push(['Admin', `${url}/admin`])
  }
  rows.push(['Health', `${url}/health`])
  rows.push([
    'Inbox',
    environment.INBOX_URL ?? `mail goes to ${environment.SMTP_HOST}:${environment.SMTP_PORT}`,
  ])
  rows.push(['Logs', `${servicesFolder}/logs`])
  for (const { email, password } of signIns) {
    rows.push(['Sign in', `${email}  ${password}`])
  }
  table(rows)

  if (signIns.length) {
    say('Try it:')
    console.log(`\n${curl(url, signIns[0])}\n`)
  }
  say(`Ctrl-C stops everything; the data stays in ${servicesFolder}.`)
}

/** One line that signs in and reads the wallet. */
function curl(url: string, { email, password }: SignIn) {
  const login = `curl -s ${url}/api/v1/auth/login -H 'Content-Type: application/json' -d '${JSON.stringify({ email, password })}'`
  const token = `sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/'`
  return `curl -s ${url}/api/v1/wallet/summary -H "Authorization: Bearer $(${login} | ${token})"`
}
