import { isDeepStrictEqual } from 'node:util'
import { tenant, type Reader } from '#core/database/tenant'
import { differs } from '#gamification/domain/judgement'
import { keyOf, type Credit } from '#gamification/domain/units'
import { AssessmentQuery, type Assessment, type Owner } from '#gamification/queries/assessment'
import { OWNER } from '#gamification/queries/facts/residence'

/** Something a user has and hasn't earned, or the other way round. */
export interface Difference {
  subject: string
  detail: string
}

interface Entry extends Credit {
  position: number
  balance: number
}

interface Waiting {
  isWaiting: boolean
  isOverdue: boolean
}

const OWNER_OF_BOOKS = `SELECT ${OWNER} FROM users u`

const OVERDUE = "interval '30 minutes'"

/** What waits for its evaluation, and what is on its way to asking for one. */
const WAITING = `
  WITH waiting AS (
    SELECT u.created_at AS since FROM users u LEFT JOIN gamification_states s ON s.user_id = u.id
    WHERE s.evaluated_at IS NULL
    UNION ALL SELECT marked_at FROM gamification_states WHERE marked_at IS NOT NULL
    UNION ALL SELECT due_at FROM gamification_states WHERE due_at <= now()
    UNION ALL SELECT created_at FROM outbox
    WHERE finished_at IS NULL AND failed_at IS NULL AND payload->>'userId' = $1
      AND job IN ('publish-activity', 'note-habits', 'evaluate-habits')
  )
  SELECT count(*) > 0 AS "isWaiting",
    coalesce(min(since) < now() - ${OVERDUE}, false) AS "isOverdue"
  FROM waiting`

const LATE: Difference = { subject: 'evaluation', detail: 'waits for more than 30 minutes' }

const ENTRIES = `
  SELECT position, source, code, period, amount AS points, version, balance
  FROM point_transactions ORDER BY position`

/**
 * Computes from the facts alone what a user should have, and compares.
 */
export class Replay {
  /**
   * @param fromScratch adds the ledger up entry by entry, each against the balance it
   * was written with, instead of taking Postgres' sums
   * @returns `isWaiting`: something has happened that isn't evaluated yet; `problems`:
   * the differences that it doesn't explain
   */
  async handle(
    userId: string,
    { fromScratch, now = new Date() }: { fromScratch: boolean; now?: Date }
  ) {
    const [owner] = await tenant.read(userId, (reader) => reader.query<Owner>(OWNER_OF_BOOKS))
    if (!owner) return { isWaiting: false, differences: [], problems: [] }

    return tenant.read(userId, async (reader) => {
      const ledger = fromScratch ? addUp(reader) : undefined
      const credits = ledger?.then((sums) => sums.credits)
      const [[{ isWaiting, isOverdue }], [current], assessment] = await Promise.all([
        reader.query<Waiting>(WAITING, [userId]),
        reader.query<Owner>(OWNER_OF_BOOKS),
        new AssessmentQuery().handle(reader, owner, now, credits),
      ])
      const { faults } = (await ledger) ?? { faults: [] }
      const differences = [...faults, ...differencesOf(assessment)]
      const isMoving = isWaiting || !isDeepStrictEqual(current, owner)
      return {
        isWaiting: isMoving,
        differences,
        problems: isOverdue ? [LATE, ...differences] : isMoving ? faults : differences,
      }
    })
  }
}

function differencesOf({
  entries,
  awarded,
  revoked,
  judgement,
  heldChallenges,
}: Assessment): Difference[] {
  return [
    ...entries.map((entry) => ({
      subject: [entry.source, entry.code, entry.period].filter(Boolean).join(' '),
      detail: `${entry.amount > 0 ? 'lacks' : 'has too many by'} ${Math.abs(entry.amount)} points`,
    })),
    ...awarded.map(({ code }) => ({
      subject: `badge ${code}`,
      detail: 'is earned, not awarded',
    })),
    ...revoked.map(({ badge }) => ({
      subject: `badge ${badge.code}`,
      detail: 'is awarded, not earned',
    })),
    ...judgement.challenges
      .filter((verdict) => differs(verdict, heldChallenges))
      .map(({ challenge, participation, progress }) => ({
        subject: `challenge ${challenge.code} ${participation.from}`,
        detail: `is at ${progress}`,
      })),
  ]
}

async function addUp(reader: Reader) {
  const entries = await reader.query<Entry>(ENTRIES)
  const sums = new Map<string, Credit>()
  const faults: Difference[] = []
  let balance = 0
  for (const [index, entry] of entries.entries()) {
    balance += entry.points
    if (entry.position !== index + 1 || entry.balance !== balance) {
      faults.push({
        subject: `entry ${entry.position}`,
        detail: `says ${entry.balance}, its ${index + 1} entries add up to ${balance}`,
      })
    }
    const sum = sums.get(keyOf(entry))
    const version = Math.max(sum?.version ?? 0, entry.version)
    sums.set(keyOf(entry), { ...entry, points: (sum?.points ?? 0) + entry.points, version })
  }
  return { faults, credits: [...sums.values()].filter(({ points }) => points !== 0) }
}
