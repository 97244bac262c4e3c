import type { ApiRequest, ApiResponse } from '@japa/api-client'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tenant } from '#core/database/tenant'
import { eventually } from '#tests/support/eventually'
import type User from '#users/models/user'

/**
 * The answer to a request that comes while something of the user's is being changed,
 * and that waits for the change: both want the same lock.
 */
export async function askedWhile(
  user: User,
  change: (trx: TransactionClientContract) => Promise<unknown>,
  ask: () => ApiRequest
): Promise<ApiResponse> {
  const { answer } = await tenant.transaction(user.id, async (trx) => {
    await change(trx)
    const asked = Promise.resolve(ask())
    await eventually(() => isAwaited(trx))
    return { answer: asked }
  })
  return answer
}

async function isAwaited(trx: TransactionClientContract) {
  const { rows } = await trx.rawQuery(
    'SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))'
  )
  return rows.length > 0
}
