/*
| The HTTP server: boots the application, listens, and on SIGTERM or SIGINT
| stops accepting, finishes what is running and closes its connections.
*/
import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'
import { GracefulServer } from '#core/http/graceful_server'

process.env.TZ = 'UTC'

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
    app.listen('SIGINT', () => app.terminate())
  })
  .httpServer()
  .start((handle) => new GracefulServer(handle))
  .catch((error) => {
    process.exitCode = 1
    prettyPrintError(error)
  })
