import { inIndexOrder } from '#core/database/in_index_order'
import type { Reader } from '#core/database/tenant'
import { RULE_FIELDS, type RuleField } from '#transactions/domain/payee_rules'
import type { HeldValues, RuleChange } from '#transactions/domain/rule_change'

const SIDES = `
  json_build_object('categoryId', c.category_before, 'payee', c.payee_before, 'tags', c.tags_before) AS before,
  json_build_object('categoryId', c.category_after, 'payee', c.payee_after, 'tags', c.tags_after) AS after
`

/** A transaction that a run has changed, as it is now; null when it is gone. */
export interface ChangedTransaction extends RuleChange {
  now: HeldValues | null
}

/**
 * What a run has changed, in the order in which it was done; each transaction is looked up by
 * its id. Rules leave all fields alone of what a statement has proven.
 */
export class ChangedTransactions {
  /** @param after the last id of the chunk before; returns up to `limit` rows */
  async handle(reader: Reader, runId: string, limit: number, after: string | null) {
    return inIndexOrder<ChangedTransaction>(
      reader,
      `SELECT c.transaction_id AS "transactionId", ${SIDES}, found.now
       FROM rule_run_changes c LEFT JOIN LATERAL (
         SELECT json_build_object('categoryId', t.category_id, 'payee', t.payee, 'tags', t.tags,
           'kind', t.kind, 'isSplit', t.is_split, 'lockedFields',
           CASE WHEN t.reconciled THEN $4::text[] ELSE t.locked_fields END) AS now
         FROM transactions t WHERE t.user_id = c.user_id AND t.id = c.transaction_id LIMIT 1
       ) AS found ON true
       WHERE c.run_id = $1 AND ($2::uuid IS NULL OR c.transaction_id > $2)
       ORDER BY c.transaction_id LIMIT $3`,
      [runId, after, limit, RULE_FIELDS]
    )
  }
}

/** An entry of a run's log, with the names of its categories. */
export interface LoggedChange extends RuleChange {
  keptFields: RuleField[]
  categoryNames: Record<string, string>
}

/** The log of a run, in the order in which it was done. */
export class RuleRunChanges {
  /** @param after the last transaction of the page before; returns up to `limit` rows */
  async handle(reader: Reader, runId: string, limit: number, after?: string) {
    return reader.query<LoggedChange>(
      `SELECT c.transaction_id AS "transactionId", ${SIDES}, c.kept_fields AS "keptFields",
         (SELECT coalesce(json_object_agg(k.id, k.name), '{}') FROM categories k
          WHERE k.user_id = c.user_id AND k.id IN (c.category_before, c.category_after)) AS "categoryNames"
       FROM rule_run_changes c
       WHERE c.run_id = $1 AND ($2::uuid IS NULL OR c.transaction_id > $2)
       ORDER BY c.transaction_id LIMIT $3`,
      [runId, after ?? null, limit]
    )
  }
}
