import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CategorySchema } from '#database/schema'
import { ValidationFailed } from '#core/http/problem'

/** What money is earned from or spent on. Categories form a tree. */
export default class Category extends CategorySchema {
  static table = 'categories'
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(category: Category) {
    category.id ??= randomUUIDv7()
    category.parentId ??= null
    category.color ??= null
    category.icon ??= null
  }

  /** The category a request's body names in `field`; one that isn't the user's is invalid input. */
  static async findReferenced(id: string, field: string, trx: TransactionClientContract) {
    const category = await Category.find(id, { client: trx })
    if (!category) throw ValidationFailed.field(field, 'exists', 'There is no such category')
    return category
  }

  /** Puts the category under another of the same kind, never under one of its own descendants. */
  async moveUnder(parentId: string | null, trx: TransactionClientContract) {
    this.parentId = parentId
    if (parentId === null) return

    const parent = await Category.findReferenced(parentId, 'parentId', trx)
    if (parent.kind !== this.kind) {
      throw ValidationFailed.field('parentId', 'sameKind', `The parent is of kind ${parent.kind}`)
    }
    const { rows } = await trx.rawQuery(
      `WITH RECURSIVE ancestors AS (
         SELECT id, parent_id FROM categories WHERE id = :parent
         UNION ALL
         SELECT c.id, c.parent_id FROM categories c JOIN ancestors a ON c.id = a.parent_id
       ) SELECT 1 FROM ancestors WHERE id = :id`,
      { parent: parentId, id: this.id ?? null }
    )
    if (rows.length > 0) {
      throw ValidationFailed.field('parentId', 'tree', 'A category cannot lie under itself')
    }
  }

  /**
   * Removes it; what was booked under it goes to `moveTo`, or has no category from then on,
   * not even one that a person has locked.
   */
  async discard(moveTo: Category | null, trx: TransactionClientContract) {
    const target = moveTo?.id ?? null
    const now = trx.raw('clock_timestamp()')
    await this.#touchSplit(trx)
    await trx
      .from('transactions')
      .where('category_id', this.id)
      .update({
        category_id: target,
        updated_at: now,
        ...(!target && { locked_fields: trx.raw(`array_remove(locked_fields, 'category')`) }),
      })
    await trx
      .from('transaction_splits')
      .where('category_id', this.id)
      .update({ category_id: target })
    await trx
      .from('categories')
      .where('parent_id', this.id)
      .update({ parent_id: this.parentId, updated_at: now })
    await this.#leaveRules(target, trx)
    await this.#leaveRuns(target, trx)
    await this.useTransaction(trx).delete()
  }

  /** What was booked under it has changed for whoever shows its name. */
  async touchTransactions(trx: TransactionClientContract) {
    await trx.from('transactions').where('category_id', this.id).update({ category_id: this.id })
    await this.#touchSplit(trx)
  }

  /** A transaction changes with its splits, which no column of its own tells. */
  async #touchSplit(trx: TransactionClientContract) {
    const split = trx
      .from('transaction_splits')
      .select('transaction_id')
      .where('category_id', this.id)
    await trx
      .from('transactions')
      .whereIn('id', split)
      .update({ updated_at: trx.raw('clock_timestamp()') })
  }

  /** Rules that set it set the other one from then on, or nothing. */
  async #leaveRules(target: string | null, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE rules SET updated_at = clock_timestamp(), actions = (
         SELECT coalesce(jsonb_agg(CASE WHEN action ->> 'categoryId' = :id
           THEN jsonb_set(action, '{categoryId}', to_jsonb(:target::text)) ELSE action END), '[]')
         FROM jsonb_array_elements(actions) AS action
         WHERE :target::text IS NOT NULL OR action ->> 'categoryId' IS DISTINCT FROM :id
       )
       WHERE actions @> jsonb_build_array(jsonb_build_object('categoryId', :id::text))`,
      { id: this.id, target: target as string }
    )
  }

  /** What runs have noted names the other one from then on, or none: it can still be taken back. */
  async #leaveRuns(target: string | null, trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE rule_run_changes SET
         category_before = CASE WHEN category_before = :id THEN :target ELSE category_before END,
         category_after = CASE WHEN category_after = :id THEN :target ELSE category_after END
       WHERE category_before = :id OR category_after = :id`,
      { id: this.id, target: target as string }
    )
  }
}
