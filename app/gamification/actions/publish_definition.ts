import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { system } from '#core/database/system'
import { ValidationFailed } from '#core/http/problem'
import { parseCondition } from '#gamification/domain/condition_parser'
import { facts } from '#gamification/queries/facts/registry'
import type User from '#users/models/user'

interface Wording {
  /** What it is known by for ever: `steady-week`. */
  code: string
  name: string
  description: string
  tier: 'bronze' | 'silver' | 'gold'
  points: number
  /** As somebody wrote it. */
  condition: unknown
}

export type Definition =
  | ({ kind: 'badge' } & Wording)
  | ({
      kind: 'challenge'
      period: 'week' | 'month'
      settles: 'at-once' | 'at-end'
    } & Wording)

const TABLES = { badge: 'badges', challenge: 'challenges' }
const MOST_POINTS = 10_000
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * Puts a badge or challenge in force: a new one, or another version of the one with
 * this code. Everybody is judged by the newest version; to ask for more without
 * taking anything from those who have it, retire it and publish another.
 *
 * @throws ValidationFailed for a condition that can't be judged, naming each place
 */
export default class PublishDefinition {
  async handle({ actor, ...definition }: Definition & { actor: User }) {
    const { kind, ...columns } = definition
    this.#check(definition)
    return system.transaction(async (trx) => {
      const table = TABLES[kind]
      const row = { ...columns, condition: JSON.stringify(columns.condition) }
      const { id, version } =
        (await this.#revise(table, row, trx)) ?? (await this.#create(table, row, trx))
      await audit.record(
        {
          actor,
          action: `${kind}.published`,
          subject: { id, constructor: { name: kind === 'badge' ? 'Badge' : 'Challenge' } },
          data: { code: columns.code, version },
          userId: actor.id,
        },
        trx
      )
      return { id, version }
    })
  }

  #check(definition: Definition) {
    const { code, points, condition } = definition
    if (code.length > 50 || !CODE.test(code)) {
      throw ValidationFailed.field('code', 'code', 'Small letters, digits and single hyphens')
    }
    if (!Number.isInteger(points) || points < 0 || points > MOST_POINTS) {
      throw ValidationFailed.field('points', 'range', `A whole number from 0 to ${MOST_POINTS}`)
    }
    const period = definition.kind === 'challenge' ? definition.period : undefined
    parseCondition(condition, { facts, period })
  }

  async #revise(table: string, row: { code: string }, trx: TransactionClientContract) {
    const current = await trx.from(table).where('code', row.code).forUpdate().first()
    if (!current) return undefined

    const version = (current.version as number) + 1
    await trx
      .from(table)
      .where('id', current.id)
      .update({ ...row, version, active: true, retired_at: null, updated_at: trx.raw('now()') })
    return { id: current.id as string, version }
  }

  async #create(table: string, row: object, trx: TransactionClientContract) {
    const id = randomUUIDv7()
    await trx
      .insertQuery()
      .table(table)
      .insert({ id, ...row })
    return { id, version: 1 }
  }
}
