/** How many days may lie between two entries of the same movement. */
export const MOST_DAYS_APART = 4

/** Of equal transactions of one account and day, so many are looked at: pairs must not explode. */
export const MOST_ALIKE = 20

/** Pairs that are weighed in one go; a file made of one amount has more than anybody would look at. */
export const MOST_PAIRS = 20_000

/** Whether a transaction of user `$1` is in an open proposal: nobody is asked about it twice. */
export const IS_PROPOSED = (id: string) => `EXISTS (
  SELECT 1 FROM proposals open
  WHERE open.user_id = $1 AND open.status = 'open' AND ${id} IN (open.transaction_id, open.match_id)
)`
