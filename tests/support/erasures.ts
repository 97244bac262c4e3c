import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { keptAfterErasure } from '#config/personal_data'
import { system } from '#core/database/system'
import CarryOutErasure from '#users/actions/carry_out_erasure'
import { catalog, userTables } from '#tests/support/catalog'
import { PASSWORD } from '#tests/support/household'
import type User from '#users/models/user'

export function askForErasure(client: ApiClient, user: User, password = PASSWORD) {
  return client.delete('/api/v1/users/me').loginAs(user).json({ password })
}

/** Does what the worker does with an erasure that was asked for. */
export async function carryOut(user: Pick<User, 'id'>) {
  const carryOutErasure = await app.container.make(CarryOutErasure)
  await carryOutErasure.handle({ userId: user.id })
}

/** Tables with rows of a user, those aside that an erasure keeps. */
export async function remains(user: Pick<User, 'id'>): Promise<string[]> {
  const tables = await userTables()
  return system.transaction(async (trx) => {
    const found: string[] = []
    for (const { name, owner } of tables.filter((table) => !(table.name in keptAfterErasure))) {
      const row = await trx.from(name).where(owner, user.id).first()
      if (row) found.push(name)
    }
    return found
  })
}

export async function isGone(user: Pick<User, 'id'>) {
  const tables = await remains(user)
  return tables.length === 0
}

/** Tables of the whole database in which these words stand, in any column. */
export async function mentions(words: string): Promise<string[]> {
  const tables = await catalog<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE 'adonis%'`
  )
  return system.transaction(async (trx) => {
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await trx.rawQuery(
        `SELECT 1 FROM ${name} AS t WHERE t::text ILIKE ? OR t::text ILIKE ? LIMIT 1`,
        [`%${words}%`, `%${Buffer.from(words).toString('hex')}%`]
      )
      if (rows.length > 0) found.push(name)
    }
    return found
  })
}
