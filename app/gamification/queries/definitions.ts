import { hash } from 'node:crypto'
import { backdatedDays, factsVersion, mostPerDay, pointsRules } from '#config/gamification'
import type { Reader } from '#core/database/tenant'
import type { BadgeTerms, ChallengeTerms } from '#gamification/domain/judgement'

/** A badge as people see it. */
export interface Badge extends BadgeTerms {
  name: string
  description: string
  tier: 'bronze' | 'silver' | 'gold'
}

/** A challenge as people see it. */
export interface Challenge extends Badge, ChallengeTerms {
  period: 'week' | 'month'
}

const COLUMNS = 'id, code, version, points, condition, name, description, tier'
const ORDER = `ORDER BY array_position(ARRAY['bronze', 'silver', 'gold'], tier::text), points, code`

/** The badges and challenges in force. */
export class Definitions {
  async badges(reader: Reader): Promise<Badge[]> {
    return reader.query<Badge>(`SELECT ${COLUMNS} FROM badges WHERE active ${ORDER}`)
  }

  async challenges(reader: Reader): Promise<Challenge[]> {
    return reader.query<Challenge>(
      `SELECT ${COLUMNS}, period, settles FROM challenges WHERE active ${ORDER}`
    )
  }
}

/** Under which rules and definitions somebody is judged: another text after each change. */
export function judgedBy(badges: BadgeTerms[], challenges: BadgeTerms[]): string {
  const versions = [...badges, ...challenges].map(({ id, version }) => `${id} ${version}`).sort()
  return hash(
    'sha1',
    JSON.stringify([factsVersion, pointsRules, mostPerDay, backdatedDays, versions]),
    'base64url'
  )
}
