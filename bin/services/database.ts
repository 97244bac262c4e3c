/*
| The database on whichever server it lives.
*/
import pg from 'pg'
import { LaunchError } from './processes.ts'

/** A login of the server's that may create databases and roles. */
export interface Login {
  host: string
  port: number
  user: string
  password?: string
}

/** Does the work on a connection of its own. */
export async function connected<T>(
  login: Login & { database: string },
  work: (client: pg.Client) => Promise<T>
) {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const NO_SUCH_DATABASE = '3D000'

/**
 * Makes sure that the database exists. Gives true when it was created here, so
 * that a caller never drops one it found.
 */
export async function ensureDatabase(login: Login, database: string) {
  try {
    await connected({ ...login, database }, async () => {})
    return false
  } catch (error) {
    if ((error as { code?: string }).code !== NO_SUCH_DATABASE) {
      throw unreachable(login, error as Error)
    }
  }

  try {
    await connected({ ...login, database: 'postgres' }, async (client) => {
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(database)} ENCODING 'UTF8' TEMPLATE template0`
      )
    })
    return true
  } catch (error) {
    throw new LaunchError(
      `The database "${database}" does not exist on ${login.host}:${login.port} and "${login.user}" ` +
        `could not create it: ${(error as Error).message}`
    )
  }
}

/** Drops a database that {@link ensureDatabase} created. */
export async function dropDatabase(login: Login, database: string) {
  await connected({ ...login, database: 'postgres' }, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`)
  })
}

function unreachable(login: Login, error: Error) {
  const reason = error.message || (error as { code?: string }).code
  return new LaunchError(
    `DB_HOST and DB_PORT name ${login.host}:${login.port}, and "${login.user}" could not connect: ${reason}`
  )
}
