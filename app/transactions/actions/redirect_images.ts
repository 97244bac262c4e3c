import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import type Category from '#transactions/models/category'

/** JSON that names category `$2` names `$3` instead, or none. */
const redirected = (json: string) => `
  CASE WHEN ${json} ->> 'category_id' = $2::text
    THEN ${json} || jsonb_build_object('category_id', $3::text) ELSE ${json} END`

/** An image of a whole transaction: without a category no person's word for it is left either. */
const redirectedWhole = (json: string) => `
  ${redirected(json)} || CASE
    WHEN ${json} ->> 'category_id' = $2::text AND $3::text IS NULL
      AND jsonb_typeof(${json} -> 'locked_fields') = 'array'
    THEN jsonb_build_object('locked_fields', (${json} -> 'locked_fields') - 'category')
    ELSE '{}' END`

const REDIRECT_CHANGES = `
  UPDATE proposals p SET changes = (
    SELECT coalesce(jsonb_agg(change.value || jsonb_build_object(
      'before', ${redirected(`(change.value -> 'before')`)},
      'after', ${redirected(`(change.value -> 'after')`)}
    ) ORDER BY change.ordinality), '[]')
    FROM jsonb_array_elements(p.changes) WITH ORDINALITY AS change
  )
  WHERE p.user_id = $1 AND p.status = 'accepted' AND strpos(p.changes::text, $2::text) > 0
`

const REDIRECT_REMOVED = `
  UPDATE proposals p SET removed = p.removed || jsonb_build_object(
    'transaction', ${redirectedWhole(`(p.removed -> 'transaction')`)},
    'splits', (
      SELECT coalesce(jsonb_agg(${redirected('part.value')} ORDER BY part.ordinality), '[]')
      FROM jsonb_array_elements(p.removed -> 'splits') WITH ORDINALITY AS part
    )
  )
  WHERE p.user_id = $1 AND p.status = 'accepted' AND strpos(p.removed::text, $2::text) > 0
`

const REDIRECT_BOOKINGS = `
  UPDATE import_rows r SET booking = ${redirectedWhole('r.booking')}
  WHERE r.user_id = $1 AND r.booking_category_id = $2::uuid
`

/** A run still to be done sets what its rule sets by now. What is lost it leaves out itself. */
const REDIRECT_RUNS = `
  UPDATE rule_runs r SET rule = jsonb_set(r.rule, '{actions}', (
    SELECT jsonb_agg(CASE WHEN action.value ->> 'categoryId' = $2::text
      THEN action.value || jsonb_build_object('categoryId', $3::text) ELSE action.value END
      ORDER BY action.ordinality)
    FROM jsonb_array_elements(r.rule -> 'actions') WITH ORDINALITY AS action
  ))
  WHERE r.user_id = $1 AND r.status IN ('pending', 'active') AND $3::text IS NOT NULL
    AND r.rule -> 'actions' @> jsonb_build_array(jsonb_build_object('categoryId', $2::text))
`

/**
 * What is kept of transactions to bring them back or to book them, and what runs
 * are still to set, names another category from then on, or none: the one it names is
 * deleted.
 */
export class RedirectImages {
  async handle(
    { userId, id }: Category,
    target: Category | null,
    trx: TransactionClientContract
  ): Promise<void> {
    const reader = readerOf(trx)
    const statements = [REDIRECT_CHANGES, REDIRECT_REMOVED, REDIRECT_BOOKINGS, REDIRECT_RUNS]
    for (const sql of statements) await reader.query(sql, [userId, id, target?.id ?? null])
  }
}
