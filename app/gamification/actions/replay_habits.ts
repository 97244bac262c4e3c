import { inject } from '@adonisjs/core'
import { system } from '#core/database/system'
import EvaluateHabits from '#gamification/actions/evaluate_habits'
import { Replay, type Difference } from '#gamification/queries/replay'

interface Input {
  /** Only this one. */
  userId?: string
  /** Adds ledgers up entry by entry. */
  fromScratch?: boolean
  /** Changes nothing. */
  check?: boolean
}

export interface Replayed {
  userId: string
  /** Something had happened that wasn't evaluated yet. */
  isWaiting: boolean
  /** What is wrong; of who waits, what no evaluation will put right. */
  problems: Difference[]
}

const BATCH = 500

/**
 * Computes anew what everybody has earned, says where that is something else than
 * what they have, and, unless it only checks, puts it right.
 */
@inject()
export default class ReplayHabits {
  constructor(
    private replay: Replay,
    private evaluate: EvaluateHabits
  ) {}

  async *handle({ userId, fromScratch = false, check = false }: Input): AsyncGenerator<Replayed> {
    for await (const id of userId ? [userId] : this.#everybody()) {
      const { isWaiting, problems } = await this.#look(id, fromScratch)
      if (!check) await this.evaluate.handle({ userId: id })
      yield { userId: id, isWaiting, problems }
    }
  }

  /** What is wrong with these users, a sentence each. Changes nothing. */
  async problemsOf(userIds: string[]): Promise<string[]> {
    const sentences: string[] = []
    for (const id of userIds) {
      const { problems } = await this.#look(id, true)
      sentences.push(...problems.map(({ subject, detail }) => `user ${id}: ${subject} ${detail}`))
    }
    return sentences
  }

  /** Looks again before it says that something is wrong: days end meanwhile. */
  async #look(userId: string, fromScratch: boolean) {
    const found = await this.replay.handle(userId, { fromScratch })
    return found.problems.length > 0 ? this.replay.handle(userId, { fromScratch }) : found
  }

  async *#everybody() {
    let ids: string[]
    let last = ''
    do {
      ids = await this.#after(last)
      yield* ids
      last = ids.at(-1) ?? ''
    } while (ids.length === BATCH)
  }

  async #after(last: string): Promise<string[]> {
    return system.transaction(async (trx) => {
      const users = trx.from('users').select('id').orderBy('id').limit(BATCH)
      const rows = await (last ? users.where('id', '>', last) : users)
      return rows.map(({ id }) => id)
    })
  }
}
