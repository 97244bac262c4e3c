import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
import { sendWithEtag, versionOf } from '#core/http/etag'
import { NotFound } from '#core/http/problem'
import { TransactionRows } from '#transactions/queries/transaction_rows'
import TransactionTransformer from '#transactions/transformers/transaction_transformer'

/** Answers with one transaction of the signed-in user as it is now. */
export async function sendTransaction(ctx: HttpContext, id: string) {
  const [row] = await tenant.read(ctx.auth.getUserOrFail().id, (reader) =>
    new TransactionRows().handle(reader, [id])
  )
  if (!row) throw new NotFound()
  const body = await ctx.serialize(TransactionTransformer.transform(row))
  return sendWithEtag(ctx, versionOf(row), body)
}
