import type { Reader } from '#core/database/tenant'
import { LeaderboardParticipants } from '#gamification/queries/leaderboard_participants'
import { leaderboard, type Places } from '#gamification/services/leaderboard'

export interface Participation {
  nickname: string
  joinedAt: Date
}

export interface ShownPlace {
  rank: number
  nickname: string
  /** On how many of the last days they were active, in percent. */
  consistency: number
  isOwn: boolean
}

export interface Standings {
  participants: number
  own: { rank: number; consistency: number; percentile: number }
  places: ShownPlace[]
}

/** The leaderboard as one of those who take part sees it. */
export class LeaderboardStandings {
  readonly #participants = new LeaderboardParticipants()

  async participation(reader: Reader): Promise<Participation | undefined> {
    const [row] = await reader.query<Participation>(
      'SELECT nickname, joined_at AS "joinedAt" FROM leaderboard_participations'
    )
    return row
  }

  /** Order and percentages come from Redis where it has them; who takes part, from Postgres. */
  async handle(userId: string): Promise<Standings> {
    const places = (await leaderboard.places(userId)) ?? (await this.#fromPostgres(userId))
    const nicknames = await this.#nicknames(places)
    const { own, participants, ahead, behind, first } = places
    const shown = first.filter((score) => nicknames.has(score.userId))
    return {
      participants,
      own: { rank: ahead + 1, consistency: own, percentile: percentile(behind, participants) },
      places: shown.map((score) => ({
        rank: 1 + shown.filter(({ consistency }) => consistency > score.consistency).length,
        nickname: nicknames.get(score.userId)!,
        consistency: score.consistency,
        isOwn: score.userId === userId,
      })),
    }
  }

  /** Whoever has left is not shown, and forgotten by Redis. */
  async #nicknames({ first }: Places) {
    const ids = first.map(({ userId }) => userId)
    const known = await this.#participants.of(ids)
    const nicknames = new Map(known.map(({ userId, nickname }) => [userId, nickname]))
    await leaderboard.remove(...ids.filter((id) => !nicknames.has(id)))
    return nicknames
  }

  async #fromPostgres(userId: string): Promise<Places> {
    const counts = await this.#participants.around(userId)
    await leaderboard.place(userId, counts.own)
    return { ...counts, first: await this.#participants.first() }
  }
}

/** How many of the others are behind, in percent; alone, nobody is ahead. */
function percentile(behind: number, participants: number) {
  return participants > 1 ? Math.floor((behind * 100) / (participants - 1)) : 100
}
