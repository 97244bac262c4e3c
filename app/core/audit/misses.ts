import { tenant } from '#core/database/tenant'
import { unconfirmed } from '#core/http/effect'
import type { HttpContext } from '@adonisjs/core/http'
import { isUuid } from '#core/database/uuid'

/** Ids of one request that are looked into, those of its path first. */
const MOST = 10

/** Ids of one user that wait to be looked into; beyond that misses are counted, by route. */
const MOST_OPEN = 1_000

/** Stands for all ids that were counted only. It is nobody's (RFC 9562, 5.9). */
export const COUNTED_ONLY = '00000000-0000-0000-0000-000000000000'

const NOTED = `
  INSERT INTO misses (user_id, id, method, route, request_id, times)
  SELECT :userId, CASE WHEN is_full THEN '${COUNTED_ONLY}'::uuid ELSE missed END AS kept,
    :method, :route, :requestId, count(*)
  FROM unnest(:ids::uuid[]) AS missed, (
    SELECT count(*) >= ${MOST_OPEN} AS is_full
    FROM (SELECT FROM misses WHERE user_id = :userId LIMIT ${MOST_OPEN}) AS waiting
  ) AS open
  GROUP BY kept ORDER BY kept
  ON CONFLICT (user_id, id, method, route) DO UPDATE SET times = misses.times + excluded.times,
    request_id = excluded.request_id, missed_at = now()`

/**
 * Requests of signed-in users that named an id and were told that there is no such
 * thing. In the scope of the user, another's row and none are the same, and so are
 * the answers; whose it was is found out later (`RecordRefusedAccess`). Noted when
 * the answer is under way: neither answer nor time tells one from the other.
 */
class Misses {
  readonly #running = new Set<Promise<void>>()

  /**
   * Of a caller who proved to be one. What a read refuses before it looked at
   * anything was no access.
   *
   * @param status of the answer; only what may come from an unknown id is noted
   */
  note(ctx: HttpContext, status: number) {
    const { caller }: Partial<HttpContext> = ctx
    if (!caller?.isProven || (status !== 404 && status !== 422)) return

    const ids = namedIn(ctx)
    if (ids.length === 0) return

    const noting = unconfirmed(() => this.#keep(caller.userId, ids, ctx))
      .catch((error) => ctx.logger.warn({ err: error }, 'a refused access was not noted'))
      .finally(() => this.#running.delete(noting))
    this.#running.add(noting)
  }

  /** Resolves when everything so far is noted. */
  async settled() {
    await Promise.all(this.#running)
  }

  async #keep(userId: string, ids: string[], { request, route }: HttpContext) {
    const [method, requestId] = [request.method(), request.id()!]
    const values = { userId, method, route: route!.pattern, requestId, ids }
    await tenant.transaction(userId, (trx) => trx.rawQuery(NOTED, values))
  }
}

export const misses = new Misses()

function namedIn({ params, request }: HttpContext): string[] {
  const found = new Set<string>()
  collect([params, request.qs(), request.body()], found)
  return [...found]
}

/** Bodies are at most 32 deep (config/bodyparser). */
function collect(value: unknown, found: Set<string>) {
  if (found.size >= MOST) return
  if (typeof value === 'string') {
    if (isUuid(value) && value !== COUNTED_ONLY) found.add(value.toLowerCase())
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collect(part, found)
  }
}
