import { tenant, type Reader } from '#core/database/tenant'
import { differs } from '#gamification/domain/judgement'
import { keyOf, type Credit } from '#gamification/domain/units'
import { AssessmentQuery, type Assessment, type Owner } from '#gamification/queries/assessment'

/** Something a user has and hasn't earned, or the other way round. */
export interface Difference {
  subject: string
  detail: string
}

interface Entry extends Credit {
  position: number
  balance: number
}

type Waiting = Owner & { isWaiting: boolean }

const OWNER = `
  SELECT u.timezone, u.currency,
    s.evaluated_at IS NULL OR s.marked_at IS NOT NULL OR s.due_at <= now() AS "isWaiting"
  FROM users u LEFT JOIN gamification_states s ON s.user_id = u.id`

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
   * @returns `isWaiting`: something has happened that isn't evaluated yet
   */
  async handle(
    userId: string,
    { fromScratch, now = new Date() }: { fromScratch: boolean; now?: Date }
  ) {
    const [owner] = await tenant.read(userId, (reader) => reader.query<Waiting>(OWNER))
    if (!owner) return { isWaiting: false, differences: [] }

    const differences = await tenant.read(userId, async (reader) => {
      const ledger = fromScratch ? addUp(reader) : undefined
      const credits = ledger?.then((sums) => sums.credits)
      const assessment = await new AssessmentQuery().handle(reader, owner, now, credits)
      const { faults } = (await ledger) ?? { faults: [] }
      return [...faults, ...differencesOf(assessment)]
    })
    return { isWaiting: owner.isWaiting, differences }
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
