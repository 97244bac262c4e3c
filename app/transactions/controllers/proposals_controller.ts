import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import { sendProposal } from '#transactions/controllers/send_proposal'
import { ProposalList } from '#transactions/queries/proposal_list'
import ProposalTransformer, {
  proposalSchema,
} from '#transactions/transformers/proposal_transformer'
import { listProposalsValidator } from '#transactions/validators/proposal_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class ProposalsController {
  constructor(protected proposals: ProposalList) {}

  @operation({
    summary: 'List proposals',
    description:
      'What an import found that may belong together: a transaction entered by hand that the bank now reports (same account and amount, within 4 days, a similar payee), and transfers between your own accounts (opposite amounts within 4 days; between currencies only near the rate of a transfer of yours within 90 days). Nothing is changed until you accept. A transaction is in one open proposal at most.',
    request: { query: listProposalsValidator },
    responses: { 200: list(proposalSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const {
      limit = PAGE_SIZE,
      cursor,
      ...filters
    } = await request.validateUsing(listProposalsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) =>
      this.proposals.handle(reader, filters, limit + 1, before)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: ProposalTransformer.transform(data), meta }
  }

  @operation({ summary: 'A proposal', responses: { 200: proposalSchema }, etag: true })
  async show(ctx: HttpContext) {
    return sendProposal(ctx)
  }
}
