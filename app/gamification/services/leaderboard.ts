import { leaderboardPlaces } from '#config/gamification'
import queueConfig from '#config/queue'
import { BoundedRedis } from '#core/redis/bounded_redis'
import { LeaderboardParticipants } from '#gamification/queries/leaderboard_participants'

/** How constant somebody is, in percent. */
export interface Score {
  userId: string
  consistency: number
}

/** The first of those who take part, and how many are before and behind somebody. */
export interface Places {
  first: Score[]
  own: number
  participants: number
  ahead: number
  behind: number
}

/**
 * The order of those who take part, in Redis: ids and percentages, nothing else.
 * Postgres knows who takes part; whatever is lost or stale here is put right
 * when somebody looks.
 */
class Leaderboard {
  readonly #redis = new BoundedRedis('the leaderboard is read from Postgres')
  readonly #participants = new LeaderboardParticipants()

  /** One Redis may serve several databases. */
  readonly #order = `${queueConfig.prefix}:leaderboard`
  readonly #built = `${queueConfig.prefix}:leaderboard-built`

  async place(userId: string, consistency: number) {
    await this.#redis.tell((redis) => redis.zadd(this.#order, consistency, userId))
  }

  async remove(userId: string) {
    await this.#redis.tell((redis) => redis.zrem(this.#order, userId))
  }

  /** undefined while Redis can't tell, or doesn't know this user. */
  async places(userId: string): Promise<Places | undefined> {
    if ((await this.#isBuilt()) === false) await this.rebuild()
    return this.#redis.ask(async (redis) => {
      const own = await redis.zscore(this.#order, userId)
      if (own === null || (await redis.exists(this.#built)) === 0) return undefined

      const [flat, participants, ahead, behind] = await Promise.all([
        redis.zrevrange(this.#order, 0, leaderboardPlaces - 1, 'WITHSCORES'),
        redis.zcard(this.#order),
        redis.zcount(this.#order, `(${own}`, '+inf'),
        redis.zcount(this.#order, '-inf', `(${own}`),
      ])
      const first = Array.from({ length: flat.length / 2 }, (_, index) => ({
        userId: flat[2 * index],
        consistency: Number(flat[2 * index + 1]),
      }))
      return { first, own: Number(own), participants, ahead, behind }
    })
  }

  /**
   * Takes everything from Postgres. What is placed meanwhile is newer and stays.
   *
   * @returns how many take part; undefined when Redis can't be asked
   */
  async rebuild(): Promise<number | undefined> {
    const cleared = await this.#redis.ask((redis) => redis.del(this.#order, this.#built))
    if (cleared === undefined) return undefined

    const participants = await this.#participants.all()
    return this.#redis.ask(async (redis) => {
      for (let start = 0; start < participants.length; start += 1_000) {
        const scores = participants
          .slice(start, start + 1_000)
          .flatMap(({ userId, consistency }) => [consistency, userId])
        await redis.zadd(this.#order, 'NX', ...scores)
      }
      await redis.set(this.#built, '1')
      return participants.length
    })
  }

  async #isBuilt() {
    return this.#redis.ask(async (redis) => (await redis.exists(this.#built)) === 1)
  }
}

export const leaderboard = new Leaderboard()
