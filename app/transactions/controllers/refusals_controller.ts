import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RefuseProposal from '#transactions/actions/refuse_proposal'
import { sendProposal } from '#transactions/controllers/send_proposal'
import { proposalSchema } from '#transactions/transformers/proposal_transformer'

@inject()
export default class RefusalsController {
  constructor(protected refuseProposal: RefuseProposal) {}

  @operation({
    summary: 'Refuse a proposal',
    description:
      'The two are never proposed again, not even when the import is taken back and its file comes again. What else one of them may belong to is proposed instead.',
    responses: { 200: proposalSchema },
    errors: ['Conflict'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    await this.refuseProposal.handle({ actor: ctx.auth.getUserOrFail(), id: ctx.params.id })
    return sendProposal(ctx)
  }
}
