/*
| The Ace kernel: `node ace <command>`.
*/
import 'reflect-metadata'
import { setFlagsFromString } from 'node:v8'
import { Ignitor, prettyPrintError } from '@adonisjs/core'

process.env.TZ = 'UTC'

/*
| On a machine with much memory V8 lets the heap grow far before it collects what
| a file leaves behind. Collecting sooner keeps a worker well below 250 MB and
| costs an import nothing that `npm run bench` can tell.
*/
if (process.argv[2] === 'queue:work') {
  setFlagsFromString('--heap-growing-percent=30')
  setFlagsFromString('--max-semi-space-size=16')
  setFlagsFromString('--semi-space-growth-factor=1')
}

const APP_ROOT = new URL('../', import.meta.url)
const IMPORTER = (filePath: string) => {
  if (filePath.startsWith('./') || filePath.startsWith('../')) {
    return import(new URL(filePath, APP_ROOT).href)
  }
  return import(filePath)
}

new Ignitor(APP_ROOT, { importer: IMPORTER })
  .tap((app) => {
    app.booting(async () => {
      await import('#start/env')
    })
    app.listen('SIGTERM', () => app.terminate())
    app.listenIf(app.managedByPm2, 'SIGINT', () => app.terminate())
  })
  .ace()
  .handle(process.argv.slice(2))
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
