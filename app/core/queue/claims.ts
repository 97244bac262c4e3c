import type { Job as BullJob } from 'bullmq'
import { prepared, readTogether } from '#core/database/reading_pool'
import { Gathered } from '#core/queue/gathered'

/** Jobs that start in this time make a queue busy (milliseconds). */
const MOMENT = 250
const BUSY = 10

/** For how long it is believed what was seen ahead (milliseconds). */
const BELIEVED = 1_000

/** At most so many are looked at, or what starts in half of that time. */
const MOST = 500

/** What was sent a while ago is spoken for by whoever asks about it: it is about to run. */
const FINISHED = `
  WITH spoken_for AS (
    UPDATE outbox SET dispatched_at = now() WHERE id = ANY($1::uuid[]) AND finished_at IS NULL
      AND (dispatched_at IS NULL OR dispatched_at < now() - interval '1 second')
  )
  SELECT id FROM outbox WHERE id = ANY($1::uuid[]) AND finished_at IS NOT NULL`

/** The ids that wait in a queue, those that come next first. */
export type NextInLine = (queue: string, count: number) => Promise<string[]>

/** What is known of the jobs that come next. */
interface Outlook {
  open: Set<string>
  until: number
  /** Starts of the moment that began then, and of the one before. */
  since: number
  starts: number
  before: number
  isLooking: boolean
}

/**
 * Whether jobs that are about to start were finished before. In a busy queue the
 * answer is there already: Postgres is asked ahead about those that come next, and
 * no job waits for it. One that was started before, or whose worker was lost, is
 * always asked about when it starts.
 */
export class Claims {
  readonly #nextInLine: NextInLine
  readonly #finished = new Gathered(finishedAmong)
  readonly #outlooks = new Map<string, Outlook>()

  constructor(nextInLine: NextInLine) {
    this.#nextInLine = nextInLine
  }

  async isFinished(job: BullJob): Promise<boolean> {
    const outlook = this.#outlookOf(job.queueName)
    this.#count(outlook)
    const isFresh = Date.now() < outlook.until
    const isKnown = outlook.open.delete(job.id!) && isFresh
    const starts = Math.max(outlook.before, outlook.starts)
    const ahead = Math.min(MOST, (starts * BELIEVED) / 2 / MOMENT)
    if (starts >= BUSY && (!isFresh || outlook.open.size < ahead / 2)) {
      this.#lookAhead(job.queueName, outlook, Math.ceil(ahead))
    }

    const isFirstStart = job.attemptsStarted <= 1 && job.stalledCounter === 0
    if (isKnown && isFirstStart) return false
    return this.#finished.has(job.id!)
  }

  #count(outlook: Outlook) {
    const now = Date.now()
    if (now - outlook.since > MOMENT) {
      outlook.before = now - outlook.since > 2 * MOMENT ? 0 : outlook.starts
      outlook.since = now
      outlook.starts = 0
    }
    outlook.starts++
  }

  /** Whoever can't look ahead asks about each job as it starts. */
  async #lookAhead(queue: string, outlook: Outlook, count: number) {
    if (outlook.isLooking) return
    outlook.isLooking = true
    try {
      const ids = await this.#nextInLine(queue, count)
      const askedAt = Date.now()
      const finished = await finishedAmong(ids)
      outlook.open = new Set(ids.filter((id) => !finished.has(id)))
      outlook.until = askedAt + BELIEVED
    } catch {
      outlook.open.clear()
    } finally {
      outlook.isLooking = false
    }
  }

  #outlookOf(queue: string) {
    let outlook = this.#outlooks.get(queue)
    if (!outlook) {
      outlook = { open: new Set(), until: 0, since: 0, starts: 0, before: 0, isLooking: false }
      this.#outlooks.set(queue, outlook)
    }
    return outlook
  }
}

async function finishedAmong(ids: string[]) {
  if (ids.length === 0) return new Set<string>()
  const [rows] = await readTogether([prepared(FINISHED, [ids])])
  return new Set(rows.map(({ id }) => id as string))
}
