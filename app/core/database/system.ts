import db from '@adonisjs/lucid/services/db'
import { committed } from '#core/database/committed'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * The role that sees every user's rows. Used by the outbox relay, the
 * verification commands and the console, on purpose and nowhere else.
 */
export const system = {
  transaction<T>(work: (trx: TransactionClientContract) => Promise<T>): Promise<T> {
    return committed(db.connection('system'), work)
  },
}
