import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ProposalRow } from '#transactions/queries/proposal_list'
import TransactionTransformer, {
  transactionSchema,
} from '#transactions/transformers/transaction_transformer'

export const proposalSchema = s.resource('Proposal', {
  id: s.id(),
  kind: s.enumOf(['duplicate', 'transfer'], {
    description: 'The same transaction twice, or the two legs of a transfer',
  }),
  status: s.enumOf(['open', 'accepted', 'refused', 'closed'], {
    description: '`closed`: one of the two went or became another before anybody decided',
  }),
  importId: s.id({ description: 'The import that brought it up' }),
  transactionId: s.id({ description: 'Of a duplicate the imported one, of a transfer what left' }),
  transaction: s.nullable(transactionSchema),
  matchId: s.id({
    description: 'Of a duplicate the one entered by hand, of a transfer what arrived',
  }),
  match: s.nullable(transactionSchema),
  daysApart: s.integer({ minimum: 0, maximum: 4 }),
  similarity: s.integer({ minimum: 0, maximum: 100, description: 'Of the payees, in percent' }),
  createdAt: s.instant(),
  decidedAt: s.nullable(s.instant()),
})

export default class ProposalTransformer extends Transformer<ProposalRow> {
  toObject() {
    const row = this.resource
    return {
      id: row.id,
      kind: row.kind,
      status: row.status,
      importId: row.importId,
      transactionId: row.transactionId,
      transaction: row.transaction && TransactionTransformer.transform(row.transaction),
      matchId: row.matchId,
      match: row.match && TransactionTransformer.transform(row.match),
      daysApart: row.daysApart,
      similarity: row.similarity,
      createdAt: row.createdAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    }
  }
}
