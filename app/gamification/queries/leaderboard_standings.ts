import type { Reader } from '#core/database/tenant'
import {
  LeaderboardParticipants,
  type Participant,
} from '#gamification/queries/leaderboard_participants'
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

type NamedPlaces = Places & { nicknames: Map<string, string> }

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
    const known = (await this.#fromRedis(userId)) ?? (await this.#fromPostgres(userId))
    const { own, participants, ahead, behind, first, nicknames } = known
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

  /** What Redis has is right when it has as many as take part, and nobody else first. */
  async #fromRedis(userId: string): Promise<NamedPlaces | undefined> {
    const places = await this.#named(await leaderboard.places(userId))
    if (!places || (await this.#isRight(places))) return places

    await leaderboard.rebuild()
    return this.#named(await leaderboard.places(userId))
  }

  async #isRight({ first, participants, nicknames }: NamedPlaces) {
    return nicknames.size === first.length && participants === (await this.#participants.count())
  }

  async #fromPostgres(userId: string): Promise<NamedPlaces> {
    const counts = await this.#participants.around(userId)
    await leaderboard.place(userId, counts.own)
    const first = await this.#participants.first()
    return { ...counts, first, nicknames: nicknamesOf(first) }
  }

  async #named(places: Places | undefined): Promise<NamedPlaces | undefined> {
    if (!places) return undefined
    const ids = places.first.map(({ userId }) => userId)
    return { ...places, nicknames: nicknamesOf(await this.#participants.of(ids)) }
  }
}

function nicknamesOf(participants: Participant[]) {
  return new Map(participants.map(({ userId, nickname }) => [userId, nickname]))
}

/** How many of the others are behind, in percent; alone, nobody is ahead. */
function percentile(behind: number, participants: number) {
  return participants > 1 ? Math.floor((behind * 100) / (participants - 1)) : 100
}
