/**
 * A common table `residences`: by which time zone the user's days began, from when
 * until when. `$1` is the zone they live by now. What is joined to it stays on the
 * day that it was done on, wherever they move.
 */
export const RESIDENCES = `
  residences AS MATERIALIZED (
    SELECT timezone, lag(until, 1, '-infinity') OVER (ORDER BY until) AS since, until
    FROM former_timezones
    UNION ALL
    SELECT $1::text, coalesce(max(until), '-infinity'), 'infinity' FROM former_timezones
  )`

/** Whose days they are; `reached` is the latest day that had begun when the user moved. */
export const OWNER = `
  u.timezone, u.currency, (
    SELECT max((until AT TIME ZONE timezone)::date) FROM former_timezones
  ) AS reached`

/** Joins the residence in force at a moment. */
export const residenceAt = (moment: string) =>
  `JOIN residences ON ${moment} >= residences.since AND ${moment} < residences.until`

/** The day it was there. */
export const dayOf = (moment: string) => `(${moment} AT TIME ZONE residences.timezone)::date`
