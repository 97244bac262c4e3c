import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'
import pg from 'pg'

const APP_ROOT = new URL('../../', import.meta.url)

/** The application, booted inside of the bench, and plain connections beside it. */
export interface Stage {
  /** Owns the tables and, under forced row-level security, sees no user's rows. */
  owner: pg.Client

  /** Passes row-level security without a scope: what the plain SQL runs as. */
  system: pg.Client

  close(): Promise<void>
}

/**
 * Boots the application as its processes are: in production mode. Only on a
 * database whose name says that it may be emptied.
 */
export async function openStage(): Promise<Stage> {
  if (!process.env.DB_DATABASE?.endsWith('_test')) {
    throw new Error('The bench empties tables: DB_DATABASE must end in "_test". Use npm run bench.')
  }
  const app = await boot()
  const { connections, default: database } = await import('#config/database')
  const owner = await connect(database.connections.owner.connection as pg.ClientConfig)
  const system = await connect({ ...connections.system, query_timeout: 0, statement_timeout: 0 })

  return {
    owner,
    system,
    async close() {
      await Promise.all([owner.end(), system.end()])
      await app.terminate()
    },
  }
}

async function boot(): Promise<ApplicationService> {
  const importer = (path: string) =>
    import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
  const app = new Ignitor(APP_ROOT, { importer }).createApp('console')
  app.booting(async () => {
    await import('#start/env')
  })
  await app.init()
  await app.boot()
  await app.start(() => {})
  return app
}

async function connect(settings: pg.ClientConfig) {
  const client = new pg.Client(settings)
  await client.connect()
  return client
}
