import env from '#start/env'
import { createHmac } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import '#core/database/pg_types'

/*
|--------------------------------------------------------------------------
| Three logins on one database
|--------------------------------------------------------------------------
|
| owner    `DB_USER`: owns the schema. Only migrations and `db:roles` use it.
| app      what the API and the jobs connect as. Owns nothing, cannot bypass
|          row-level security: without a tenant scope it sees no user's rows.
| system   the relay, verification and other sweeps across users. Passes the
|          policies by name, in few places (see core/database/system.ts).
|
| The passwords of the latter two follow from `APP_KEY` unless they are set,
| so that one database login is enough to run Finora. Before `APP_KEY` changes,
| `secrets:rotate` sets them down as they are, so the logins don't change with it.
|
*/
const database = env.get('DB_DATABASE')

function derivedPassword(role: string) {
  return createHmac('sha256', env.get('APP_KEY').release()).update(`db:${role}`).digest('base64url')
}

export const roles = {
  app: {
    user: env.get('DB_APP_USER') ?? `${database}_app`,
    password: env.get('DB_APP_PASSWORD') ?? derivedPassword('app'),
  },
  system: {
    user: env.get('DB_SYSTEM_USER') ?? `${database}_system`,
    password: env.get('DB_SYSTEM_PASSWORD') ?? derivedPassword('system'),
  },
}

/** The settings that keep the logins as they are when `APP_KEY` changes. */
export const derivedPasswords: Record<string, string> = {
  ...(!env.get('DB_APP_PASSWORD') && { DB_APP_PASSWORD: roles.app.password }),
  ...(!env.get('DB_SYSTEM_PASSWORD') && { DB_SYSTEM_PASSWORD: roles.system.password }),
}

/** A request gives up early enough to answer; jobs and commands may take their time (milliseconds). */
const patience = app.getEnvironment() === 'web' ? 4_000 : 60_000

const server = {
  host: env.get('DB_HOST'),
  port: env.get('DB_PORT'),
  database,
  application_name: 'finora',

  /** A host that swallows packets must not hold a request (milliseconds). */
  connectionTimeoutMillis: 2_000,
  query_timeout: patience,

  /** Postgres gives up first: its answer leaves the connection usable. */
  statement_timeout: patience - 500,
  keepAlive: true,
}

const pool = { min: 0, max: env.get('DB_POOL_MAX') ?? 10, acquireTimeoutMillis: 2_500 }

/** Plain connection settings for the pools that bypass the query builder. */
export const connections = {
  app: { ...server, ...roles.app, max: pool.max },
  system: { ...server, ...roles.system, max: 4 },
}

/** Migrations, `db:*` and `schema:*` change the schema: they run as its owner. */
const changesSchema = /^(migration|db|schema):/.test(process.argv[2] ?? '')

const owner = {
  host: server.host,
  port: server.port,
  database,
  user: env.get('DB_USER'),
  password: env.get('DB_PASSWORD'),
  application_name: 'finora-owner',
  connectionTimeoutMillis: 5_000,
}

export default defineConfig({
  connection: changesSchema ? 'owner' : 'app',
  connections: {
    app: { client: 'pg', connection: { ...server, ...roles.app }, pool },
    system: { client: 'pg', connection: { ...server, ...roles.system }, pool: { ...pool, max: 4 } },

    /** Exports hold theirs for as long as somebody reads; nobody else waits for them. */
    snapshots: { client: 'pg', connection: { ...server, ...roles.app }, pool: { ...pool, max: 5 } },
    owner: {
      client: 'pg',
      connection: owner,
      pool: { min: 0, max: 2 },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: {
        enabled: env.get('NODE_ENV') === 'development',
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
      },
    },
  },
})
