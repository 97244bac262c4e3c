import { UnrecoverableError } from 'bullmq'
import logger from '@adonisjs/core/services/logger'
import { system } from '#core/database/system'

const minutes = 60_000

/** What was found is told in words; so many are. */
const MOST_TOLD = 5

export interface VerificationPlan {
  /** What is verified, under which the round keeps its place. */
  kind: 'audit' | 'ledger' | 'habits'
  /** How an operator looks closer; `<kind>:verify` unless it is named. */
  command?: string
  /** The table and column that name the users there are. */
  users: { table: string; column: string }
  /** What is wrong with these users, a sentence each. */
  check: (userIds: string[]) => Promise<string[]>
  /** Told after each batch, from 0 to 1 of the time there is. */
  onProgress?: (share: number) => void
  /** Users at a time. */
  batch?: number
  /** For how long (milliseconds). */
  budget?: number
}

/** A verification found something: trying again finds it again. */
export class VerificationFailed extends UnrecoverableError {}

/**
 * Verifies user after user for as long as a run may last; the next run goes on
 * where it stopped, and after the last user with the first. What was found is told at the
 * end: one that dies before is made again from there.
 *
 * @throws VerificationFailed at the end of a run that found something
 */
export async function verifyInTurn(plan: VerificationPlan) {
  const { kind, check, onProgress, batch = 20, budget = 20 * minutes } = plan
  const { command = `${kind}:verify` } = plan
  const startedAt = Date.now()
  const found: string[] = []
  let place = await keptPlace(kind)
  let checked = 0
  let isOver = false

  while (!isOver && Date.now() - startedAt < budget) {
    const ids = await usersAfter(place, plan.users, batch)
    if (ids.length > 0) found.push(...(await check(ids)))
    checked += ids.length
    isOver = ids.length < batch
    place = isOver ? null : ids.at(-1)!
    if (found.length === 0) await keepPlace(kind, place)
    onProgress?.((Date.now() - startedAt) / budget)
  }

  for (const problem of found) logger.error({ kind, problem }, 'verification found something')
  logger.info({ kind, checked, found: found.length, isOver }, 'verification run ended')
  if (found.length === 0) return
  await keepPlace(kind, place)
  const told = found.slice(0, MOST_TOLD).join('; ')
  throw new VerificationFailed(`${kind}: ${found.length} found by node ace ${command}: ${told}`)
}

/** The last user that was verified; null at the start of a round. */
async function keptPlace(kind: string): Promise<string | null> {
  return system.transaction(async (trx) => {
    const kept = await trx.from('verifications').where('kind', kind).first()
    return kept?.after ?? null
  })
}

async function usersAfter(
  place: string | null,
  { table, column }: VerificationPlan['users'],
  batch: number
) {
  return system.transaction(async (trx) => {
    const { rows } = await trx.rawQuery<{ rows: { id: string }[] }>(
      `SELECT ${column} AS id FROM ${table} WHERE ${column} > ? ORDER BY 1 LIMIT ?`,
      [place ?? '00000000-0000-0000-0000-000000000000', batch]
    )
    return rows.map((row) => row.id)
  })
}

/** @param after the last user that was verified; null at the end of a round */
async function keepPlace(kind: string, after: string | null) {
  await system.transaction((trx) =>
    trx.rawQuery(
      `INSERT INTO verifications AS v (kind, after, completed_at)
       SELECT ?, place, CASE WHEN place IS NULL THEN now() END FROM (SELECT nullif(?, '')::uuid AS place) AS stopped
       ON CONFLICT (kind) DO UPDATE SET after = excluded.after,
         completed_at = coalesce(excluded.completed_at, v.completed_at)`,
      [kind, after ?? '']
    )
  )
}
