import { ValidationFailed } from '#core/http/problem'
import { countIntervals, intervalsBetween, type Interval } from '#wallet/domain/period'

const MOST_INTERVALS = 5_000

/** Refuses a period that ends before it begins, or that has more points than a chart. */
export function checkPeriod({ from, to }: { from?: string; to?: string }, interval?: Interval) {
  if (!from || !to) return
  if (from > to)
    throw ValidationFailed.field('to', 'afterOrEqual', 'The period ends before it begins')
  if (interval) checkLength(from, to, interval)
}

/**
 * The first days of every interval between two days, one of which the ledger may
 * have set: nothing booked means none. Refuses more points than a chart.
 */
export function seriesOf(from: string | undefined, to: string | undefined, interval: Interval) {
  if (!from || !to) return []
  checkLength(from, to, interval)
  return intervalsBetween(from, to, interval)
}

function checkLength(from: string, to: string, interval: Interval) {
  if (countIntervals(from, to, interval) > MOST_INTERVALS) {
    throw ValidationFailed.field(
      'interval',
      'max',
      `The period has more than ${MOST_INTERVALS} ${interval}s`
    )
  }
}
