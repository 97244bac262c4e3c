import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { RateLimited } from '#core/http/problem'

/** How many exports of one user are written at once: there are connections for five of all users. */
const SLOTS = 2

/** Seconds after which a refused client may ask again. */
const RETRY_AFTER = 5

const TAKE = 'SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS taken'

/**
 * Takes one of the user's places until the transaction ends, on whichever server it
 * is. Throws `RateLimited` when there is none.
 */
export async function takeExportSlot(userId: string, trx: TransactionClientContract) {
  for (let slot = 1; slot <= SLOTS; slot++) {
    const { rows } = await trx.rawQuery(TAKE, [`export ${slot} of ${userId}`])
    if (rows[0].taken) return
  }
  throw new RateLimited(
    { 'Retry-After': String(RETRY_AFTER) },
    `At most ${SLOTS} exports are written for you at once.`
  )
}
