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

const IS_SILENT = `(dispatched_at IS NULL OR dispatched_at < now() - $2 * interval '1 millisecond')`

const NOTEWORTHY = `SELECT id, finished_at IS NOT NULL AS "isFinished" FROM outbox
  WHERE id = ANY($1::uuid[]) AND (finished_at IS NOT NULL OR ${IS_SILENT})`

const SPEAK = `UPDATE outbox SET dispatched_at = now()
  WHERE id = ANY($1::uuid[]) AND finished_at IS NULL AND ${IS_SILENT}`

/** The ids that wait in a queue, those that come next first. */
export type NextInLine = (queue: string, count: number) => Promise<string[]>

/** What is known of the jobs that come next. */
interface Outlook {
  /** Jobs that are to be done, and until when that is believed. */
  open: Map<string, number>
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
  readonly #silence: number
  readonly #finished = new Gathered((ids) => this.#finishedAmong(ids))
  readonly #outlooks = new Map<string, Outlook>()

  /** @param silence milliseconds after which a job that is about to run is spoken for again */
  constructor(nextInLine: NextInLine, silence: number) {
    this.#nextInLine = nextInLine
    this.#silence = silence
  }

  async isFinished(job: BullJob): Promise<boolean> {
    const outlook = this.#outlookOf(job.queueName)
    this.#count(outlook)
    const isKnown = (outlook.open.get(job.id!) ?? 0) > Date.now()
    outlook.open.delete(job.id!)
    const starts = Math.max(outlook.before, outlook.starts)
    const ahead = Math.min(MOST, Math.ceil((starts * BELIEVED) / 2 / MOMENT))
    if (starts >= BUSY && (!isKnown || outlook.open.size < ahead / 2)) {
      this.#lookAhead(job.queueName, outlook, ahead)
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

  /** Asks about those it doesn't know. Whoever can't look ahead asks about each job as it starts. */
  async #lookAhead(queue: string, outlook: Outlook, count: number) {
    if (outlook.isLooking) return
    outlook.isLooking = true
    try {
      const ids = await this.#nextInLine(queue, count)
      const now = Date.now()
      const isStale = (id: string) => (outlook.open.get(id) ?? 0) < now + BELIEVED / 4
      const unknown = ids.filter(isStale)
      const finished = await this.#finishedAmong(unknown)
      const seen = unknown.filter((id) => !finished.has(id)).map((id) => [id, now + BELIEVED])
      const known = [...outlook.open].filter(([, until]) => until > now)
      outlook.open = new Map([...known, ...(seen as [string, number][])].slice(-2 * MOST))
    } catch {
      outlook.open.clear()
    } finally {
      outlook.isLooking = false
    }
  }

  #outlookOf(queue: string) {
    let outlook = this.#outlooks.get(queue)
    if (!outlook) {
      outlook = { open: new Map(), since: 0, starts: 0, before: 0, isLooking: false }
      this.#outlooks.set(queue, outlook)
    }
    return outlook
  }

  /** Whoever is asked about is about to run: what nobody spoke for in a while is spoken for. */
  async #finishedAmong(ids: string[]) {
    if (ids.length === 0) return new Set<string>()
    const [rows] = await readTogether([prepared(NOTEWORTHY, [ids, this.#silence])])
    const finished = new Set(rows.filter((row) => row.isFinished).map(({ id }) => id as string))
    if (rows.length > finished.size) await readTogether([prepared(SPEAK, [ids, this.#silence])])
    return finished
  }
}
