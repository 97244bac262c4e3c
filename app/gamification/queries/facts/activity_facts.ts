import { backdatedDays, mostPerDay } from '#config/gamification'
import { EVER } from '#gamification/domain/days'
import { DayCounts, Standing, type Fact } from '#gamification/domain/facts'
import { streakOf } from '#gamification/domain/streak'
import { dayOf, RESIDENCES, residenceAt } from '#gamification/queries/facts/residence'
import type { FactSource } from '#gamification/queries/facts/source'

interface Row {
  what: string
  day: string
  count: number
}

/**
 * Where it is today there may be tomorrow elsewhere. What the bank has booked on another
 * day since was entered in time. The legs of a transfer count once.
 */
const RECORDED = `
  SELECT 'transactionsRecorded' AS what, recorded.day,
    count(*) FILTER (WHERE transfer_id IS NULL) + count(DISTINCT transfer_id) AS count
  FROM (
    SELECT id, transfer_id, booked_on, ${dayOf('t.created_at')} AS day
    FROM transactions t ${residenceAt('t.created_at')} WHERE t.import_id IS NULL
  ) AS recorded
  WHERE (
      booked_on BETWEEN recorded.day - $2::int AND recorded.day + 1
      OR id IN (SELECT match_id FROM proposals WHERE kind = 'duplicate' AND status = 'accepted')
    )
    AND id NOT IN (SELECT adjustment_id FROM reconciliations WHERE adjustment_id IS NOT NULL)
  GROUP BY recorded.day`

/** An import of which nothing is left has not been one. */
const IMPORTED = `
  SELECT CASE WHEN is_open THEN 'importsUnreviewed' ELSE 'importsReviewed' END, day, count(*)
  FROM (
    SELECT ${dayOf('i.finished_at')} AS day, EXISTS (
      SELECT FROM proposals p
      WHERE p.user_id = i.user_id AND p.import_id = i.id AND p.status = 'open'
    ) AS is_open
    FROM imports i ${residenceAt('i.finished_at')}
    WHERE i.status = 'completed' AND NOT i.dry_run AND (
      EXISTS (SELECT FROM transactions t WHERE t.user_id = i.user_id AND t.import_id = i.id)
      OR EXISTS (SELECT FROM proposals p
        WHERE p.user_id = i.user_id AND p.import_id = i.id AND p.status = 'accepted')
    )
  ) AS imported GROUP BY 1, 2`

const RECONCILED = `
  SELECT 'reconciliationsCompleted', ${dayOf('r.completed_at')}, count(*)
  FROM reconciliations r ${residenceAt('r.completed_at')}
  WHERE r.status = 'completed' AND EXISTS (
    SELECT FROM transactions t WHERE t.user_id = r.user_id AND t.account_id = r.account_id
      AND t.reconciliation_id = r.id AND t.id IS DISTINCT FROM r.adjustment_id
  ) GROUP BY 2`

const DECIDED = `
  SELECT 'proposalsDecided', ${dayOf('p.decided_at')}, count(*)
  FROM proposals p ${residenceAt('p.decided_at')}
  WHERE p.status IN ('accepted', 'refused') AND EXISTS (
    SELECT FROM imports i WHERE i.user_id = p.user_id AND i.id = p.import_id AND i.status = 'completed'
  ) GROUP BY 2`

const RULED = `
  SELECT 'rulesCreated', ${dayOf('r.created_at')}, count(*)
  FROM rules r ${residenceAt('r.created_at')} WHERE r.enabled GROUP BY 2`

const ACTIVITY = `WITH ${RESIDENCES}
  ${[RECORDED, IMPORTED, RECONCILED, DECIDED, RULED].join(' UNION ALL ')}`

const byDay = (meaning: string): Fact => ({ meaning, measure: 'count', grain: 'day' })

/** What people do about their books, up to `mostPerDay` of each on a day, on the days of where they lived when they did it. */
export const activityFacts = {
  facts: {
    transactionsRecorded: byDay('Transactions entered by hand, soon enough after their day'),
    importsCompleted: byDay('Imports that booked something which is still there'),
    importsReviewed: byDay('Of these, those without an open proposal'),
    importsUnreviewed: byDay('Of these, those with an open proposal'),
    reconciliationsCompleted: byDay('Completed reconciliations that have cleared something'),
    proposalsDecided: byDay('Proposals accepted or refused'),
    rulesCreated: byDay('Rules that act'),
    activeDays: byDay('Days with any of these'),
    longestStreak: { meaning: 'Most active days in a row, freezes used', measure: 'count' },
  },

  async read(reader, { timezone }) {
    const rows = await reader.query<Row>(ACTIVITY, [timezone, backdatedDays])
    const of = (what: keyof typeof mostPerDay) => {
      const own = rows.filter((row) => row.what === what)
      const counts = new DayCounts(new Map(own.map(({ day, count }) => [day, count])))
      return counts.capped(mostPerDay[what])
    }
    const [reviewed, unreviewed] = [of('importsReviewed'), of('importsUnreviewed')]
    const doings = {
      transactionsRecorded: of('transactionsRecorded'),
      importsCompleted: DayCounts.sumOf(reviewed, unreviewed),
      reconciliationsCompleted: of('reconciliationsCompleted'),
      proposalsDecided: of('proposalsDecided'),
      rulesCreated: of('rulesCreated'),
    }
    const activeDays = DayCounts.anyOf(...Object.values(doings))
    return {
      ...doings,
      importsReviewed: reviewed,
      importsUnreviewed: unreviewed,
      activeDays,
      longestStreak: new Standing(streakOf(activeDays.days.keys(), EVER.to).longest),
    }
  },
} satisfies FactSource
