import type { HttpContext, HttpRequest } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { NotFound } from '#core/http/problem'
import {
  ReconciliationList,
  type ReconciliationRow,
} from '#transactions/queries/reconciliation_list'
import ReconciliationTransformer from '#transactions/transformers/reconciliation_transformer'

/** Answers with one reconciliation of the signed-in user as it is now. */
export async function sendReconciliation(ctx: HttpContext, id: string) {
  const [row] = await ctx.caller.read((reader) =>
    new ReconciliationList().handle(reader, { id }, 1)
  )
  if (!row) throw new NotFound()
  const body = ReconciliationTransformer.transform(row)
  return sendWithEtag(ctx, tagOf(row), body)
}

/** What `If-Match` demands of a reconciliation that is about to change. */
export function ifReconciliationMatches(request: HttpRequest) {
  return ifMatch(request, async ({ id }, trx) => {
    const [row] = await new ReconciliationList().handle(readerOf(trx), { id }, 1)
    return tagOf(row)
  })
}

/** Its sums change with the transactions. */
function tagOf({ id, updatedAt, clearedBalance, clearedCount }: ReconciliationRow) {
  return etag(id, updatedAt.valueOf(), clearedBalance, clearedCount)
}
