/*
|--------------------------------------------------------------------------
| Finora with everything it needs
|--------------------------------------------------------------------------
|
|   node bin/with_services.ts demo            npm start
|   node bin/with_services.ts test [...]      npm test
|   node bin/with_services.ts dev             npm run dev
|   node bin/with_services.ts bench [...]     npm run bench
|   node bin/with_services.ts run -- <command> [...]
|
| Brings up Postgres, Redis and a mail inbox where none are configured, then
| what was asked for, and takes everything down again. It imports nothing of
| the application and runs on Node's own type stripping.
|
*/
import { bold, quote, red, say } from './services/console.ts'
import { modes, runBesideRunning } from './services/modes.ts'
import { commandLine, LaunchError, parentOf } from './services/processes.ts'
import type { Session } from './services/session.ts'

const [name = '', ...args] = process.argv.slice(2)
const mode = modes[name]
let session: Session | undefined
let leaving = false

if (!mode || (name === 'run' && args.filter((arg) => arg !== '--').length === 0)) {
  console.error('Usage: node bin/with_services.ts <demo|test|dev|bench|run -- command>')
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupted())
}
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
stopWithNpm()

try {
  const code = name === 'run' ? await runBesideRunning(args) : undefined
  if (code === undefined) {
    console.log(`\n${bold('Finora')}`)
    session = await mode.open()
    await finish(await mode.run(session, args))
  } else {
    process.exit(code)
  }
} catch (error) {
  await fail(error)
}

async function finish(result: number | Promise<never>[]) {
  if (typeof result === 'number') {
    return leave(result)
  }
  await Promise.race(result)
}

/** To end is how demo and dev succeed, and how anything else fails. */
async function interrupted() {
  if (name !== 'demo' && name !== 'dev') {
    return leave(130)
  }
  if (!leaving) {
    say('stopping …')
  }
  await leave(0)
}

async function leave(code: number) {
  if (leaving) {
    return
  }
  leaving = true
  await session?.stop()
  process.exit(code)
}

async function fail(error: unknown) {
  if (leaving) {
    return
  }
  console.error(
    `\n  ${red('✗')} ${error instanceof LaunchError ? error.message : (error as Error).stack}`
  )
  quote(error instanceof LaunchError ? error.output : '')
  await leave(1)
}

/**
 * npm killed outright cannot pass a signal on: then its child stops by itself.
 * Between them there is a shell, unless it replaced itself by this process.
 */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) {
    return
  }
  const shell = commandLine(process.ppid).includes('with_services')
  const ancestors = () => `${process.ppid} ${shell ? parentOf(process.ppid) : ''}`
  const atStart = ancestors()
  setInterval(() => ancestors() !== atStart && interrupted(), 1_000).unref()
}
