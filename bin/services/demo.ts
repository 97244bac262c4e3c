/*
| `npm start`: everything, on a database that is filled when it is empty.
*/
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
import { recall, servicesFolder, settingsWithDotEnv, writeDotEnv } from './settings.ts'

interface SignIn {
  role: string
  email: string
  password: string
}

/** Starts Finora and returns once it can be used; gives what to wait for until the end. */
export async function startDemo(session: Session) {
  const memory = recall(session.folder)
  if (writeDotEnv(memory)) {
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
  const signIns = await step(
    'Demo data',
    () => seed(session, environment),
    (found) => (found.length ? 'ready' : 'left alone, the database has users of its own')
  )

  const worker = daemon(session, ace(environment, 'queue:work'))
  const api = daemon(session, node('api', environment, ...serverArgs))
  await step('API', () => untilHealthy(api, `${environment.APP_URL}/health`))
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

/**
 * `demo:seed` fills a database without users, says how far it is, and ends with
 * one line of JSON: `{ "signIns": [{ "role", "email", "password" }] }`, an empty
 * list when the household is not there because the users are somebody's own.
 */
async function seed(session: Session, environment: Environment): Promise<SignIn[]> {
  let signIns: SignIn[] = []
  await executeOrFail(session, ace(environment, 'demo:seed'), {
    onLine: (line) => {
      if (line.startsWith('{"signIns"')) {
        signIns = JSON.parse(line).signIns
      } else if (line.trim()) {
        say(dim(`  ${line.trim()}`))
      }
    },
  })
  return signIns
}

async function present(environment: Environment, signIns: SignIn[]) {
  const url = environment.APP_URL
  const rows: [string, string][] = [
    ['API', `${url}/api/v1`],
    ['Docs', `${url}/docs`],
  ]
  const admin = await statusOf(`${url}/admin`)
  if (admin && admin !== 404) {
    rows.push(['Admin', `${url}/admin`])
  }
  rows.push(['Health', `${url}/health`])
  rows.push([
    'Inbox',
    environment.INBOX_URL ?? `mail goes to ${environment.SMTP_HOST}:${environment.SMTP_PORT}`,
  ])
  rows.push(['Logs', `${servicesFolder}/logs`])
  for (const { role, email, password } of signIns) {
    rows.push([`Sign in`, `${email}  ${password}  ${dim(role)}`])
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
  const login = `curl -s ${url}/api/v1/auth/login --json '${JSON.stringify({ email, password })}'`
  const token = `sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/'`
  return `curl -s ${url}/api/v1/wallet/summary -H "Authorization: Bearer $(${login} | ${token})"`
}
