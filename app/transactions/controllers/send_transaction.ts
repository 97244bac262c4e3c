import type { HttpContext, HttpRequest } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { NotFound } from '#core/http/problem'
import { type TransactionRow, TransactionRows } from '#transactions/queries/transaction_rows'
import TransactionTransformer from '#transactions/transformers/transaction_transformer'

/** Answers with one transaction of the signed-in user as it is now. */
export async function sendTransaction(ctx: HttpContext, id: string) {
  const [row] = await ctx.caller.read((reader) => new TransactionRows().handle(reader, [id]))
  if (!row) throw new NotFound()
  const body = TransactionTransformer.transform(row)
  return sendWithEtag(ctx, tagOf(row), body)
}

/** What `If-Match` demands of a transaction that is about to change. */
export function ifTransactionMatches(request: HttpRequest) {
  return ifMatch(request, async ({ id }, trx) => {
    const [row] = await new TransactionRows().handle(readerOf(trx), [id])
    return tagOf(row)
  })
}

/** The names of its categories are shown with it, and change without it. */
function tagOf({ id, updatedAt, categoryName, splits }: TransactionRow) {
  return etag(id, updatedAt.valueOf(), categoryName, splits)
}
