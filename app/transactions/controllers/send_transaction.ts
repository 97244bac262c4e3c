import type { HttpContext, HttpRequest } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { assertMatch, etag, ifMatch, sendWithEtag, type Precondition } from '#core/http/etag'
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

/**
 * What each operation of a list demands by its `ifMatch`. The tags are read once,
 * all together, in the transaction that changes what they are of.
 */
export function ifEachMatches(operations: ({} | { id: string; ifMatch?: string })[]): Precondition {
  const demands = new Map<string, string>()
  for (const each of operations) {
    if ('id' in each && each.ifMatch !== undefined) demands.set(each.id, each.ifMatch)
  }
  let tags: Promise<Map<string, string>> | undefined
  return async ({ id }, trx) => {
    const demanded = demands.get(id)
    if (demanded === undefined) return
    tags ??= new TransactionRows()
      .handle(readerOf(trx), [...demands.keys()])
      .then((rows) => new Map(rows.map((row) => [row.id, tagOf(row)])))
    const known = await tags
    assertMatch(demanded, known.get(id)!)
  }
}

/** The names of its categories, and what cleared it, are shown with it and change without it. */
export function tagOf({ id, updatedAt, categoryName, splits, ...row }: TransactionRow) {
  return etag(id, updatedAt.valueOf(), categoryName, splits, row.reconciliationId, row.reconciled)
}
