import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { PayeeAliasSchema } from '#database/schema'
import { Conflict, ValidationFailed } from '#core/http/problem'
import { normalPayee } from '#transactions/domain/normal_payee'
import { PayeeAliases } from '#transactions/domain/payee_aliases'

/** They are all read for each import; more would be somebody's program gone wrong. */
const MOST_ALIASES = 10_000

interface Renaming {
  userId: string
  bankPayee: string
  payee: string
}

/** What a bank calls a payee, and what the user calls it. */
export default class PayeeAlias extends PayeeAliasSchema {
  static table = 'payee_aliases'
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(alias: PayeeAlias) {
    alias.id ??= randomUUIDv7()
  }

  /**
   * Remembers what a person has called an imported row: the last time counts. Whoever gives it
   * the bank's name again takes that back. What was entered on purpose stays, and a bank's text
   * that names nobody teaches nothing.
   */
  static async learn({ userId, bankPayee, payee }: Renaming, trx: TransactionClientContract) {
    const alias = normalPayee(bankPayee)
    if (alias === null) return
    if (payee === bankPayee) {
      await trx.from('payee_aliases').where({ alias, origin: 'learned' }).delete()
      return
    }
    await trx.rawQuery(
      `INSERT INTO payee_aliases AS known (user_id, id, alias, payee, origin)
       SELECT ?::uuid, ?::uuid, ?, ?, 'learned' WHERE (SELECT count(*) FROM payee_aliases) < ?
       ON CONFLICT (user_id, alias) DO UPDATE SET payee = excluded.payee, updated_at = now()
       WHERE known.origin = 'learned'`,
      [userId, randomUUIDv7(), alias, payee, MOST_ALIASES]
    )
  }

  /** Throws `Conflict` when there are enough. */
  static async makeRoom(trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery('SELECT count(*) AS count FROM payee_aliases')
    if (rows[0].count >= MOST_ALIASES) {
      throw new Conflict(`There are ${MOST_ALIASES} aliases already.`)
    }
  }

  /** All of the user's, to name what a bank sends. */
  static async known(trx: TransactionClientContract) {
    const rows = await trx.from('payee_aliases').select('alias', 'payee')
    return new PayeeAliases(rows)
  }

  /**
   * The form under which a bank's text is found.
   *
   * @throws ValidationFailed for a text that could be anybody's
   */
  static formOf(text: string) {
    const form = normalPayee(text)
    if (form !== null) return form
    throw ValidationFailed.field('alias', 'general', 'The alias names no payee in particular')
  }
}
