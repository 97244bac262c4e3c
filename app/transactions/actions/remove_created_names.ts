import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type Import from '#transactions/models/import'

/** SQLSTATE foreign_key_violation: something else refers to it. */
const IS_REFERRED_TO = '23503'

const IS_NAMED_BY_RULE = `EXISTS (
  SELECT 1 FROM rules r
  WHERE r.user_id = $1 AND strpos(r.conditions::text || r.actions::text, $2::text) > 0
)`

const REMOVE_ACCOUNT = `
  DELETE FROM accounts a
  WHERE a.user_id = $1 AND a.id = $2 AND a.updated_at = a.created_at AND NOT ${IS_NAMED_BY_RULE}
    AND NOT EXISTS (SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.account_id = $2)
    AND NOT EXISTS (SELECT 1 FROM reconciliations r WHERE r.user_id = $1 AND r.account_id = $2)
    AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.user_id = $1 AND i.account_id = $2)
`

/** What a run or an acceptance has noted of a category is what taking it back sets again. */
const REMOVE_CATEGORY = `
  DELETE FROM categories c
  WHERE c.user_id = $1 AND c.id = $2 AND c.updated_at = c.created_at AND NOT ${IS_NAMED_BY_RULE}
    AND NOT EXISTS (SELECT 1 FROM transactions t WHERE t.user_id = $1 AND t.category_id = $2)
    AND NOT EXISTS (SELECT 1 FROM transaction_splits s WHERE s.user_id = $1 AND s.category_id = $2)
    AND NOT EXISTS (SELECT 1 FROM rule_run_changes n
      WHERE n.user_id = $1 AND $2 IN (n.category_before, n.category_after))
    AND NOT EXISTS (SELECT 1 FROM proposals p WHERE p.user_id = $1 AND p.status = 'accepted'
      AND strpos(concat(p.changes::text, p.removed::text), $2::text) > 0)
`

/**
 * Removes the accounts and categories an import made by name, unless a person
 * has changed or used them since.
 */
export class RemoveCreatedNames {
  async handle(
    { userId, createdAccounts, createdCategories }: Import,
    trx: TransactionClientContract
  ) {
    for (const id of createdCategories) await this.#remove(REMOVE_CATEGORY, userId, id, trx)
    for (const id of createdAccounts) await this.#remove(REMOVE_ACCOUNT, userId, id, trx)
  }

  /** What other modules hold is theirs to tell: their foreign keys do. */
  async #remove(sql: string, userId: string, id: string, trx: TransactionClientContract) {
    try {
      await trx.transaction((savepoint) => readerOf(savepoint).query(sql, [userId, id]))
    } catch (error) {
      if ((error as { code?: string }).code !== IS_REFERRED_TO) throw error
    }
  }
}
