import type { HttpContext, HttpRequest } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { NotFound } from '#core/http/problem'
import { ProposalList, type ProposalRow } from '#transactions/queries/proposal_list'
import ProposalTransformer from '#transactions/transformers/proposal_transformer'

/** Answers with one proposal of the signed-in user as it is now. */
export async function sendProposal(ctx: HttpContext) {
  const { id } = ctx.params
  const [row] = await ctx.caller.read((reader) => new ProposalList().handle(reader, { id }, 1))
  if (!row) throw new NotFound()
  const body = ProposalTransformer.transform(row)
  return sendWithEtag(ctx, tagOf(row), body)
}

/** What `If-Match` demands of a proposal that is about to change. */
export function ifProposalMatches(request: HttpRequest) {
  return ifMatch(request, async ({ id }, trx) => {
    const [row] = await new ProposalList().handle(readerOf(trx), { id }, 1)
    return tagOf(row)
  })
}

/** Its transactions are shown with it, and change without it. */
function tagOf({ id, updatedAt, transaction, match }: ProposalRow) {
  return etag(id, updatedAt.valueOf(), transaction, match)
}
