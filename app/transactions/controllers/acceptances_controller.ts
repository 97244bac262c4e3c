import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import AcceptProposal from '#transactions/actions/accept_proposal'
import WithdrawAcceptance from '#transactions/actions/withdraw_acceptance'
import { ifProposalMatches, sendProposal } from '#transactions/controllers/send_proposal'
import { proposalSchema } from '#transactions/transformers/proposal_transformer'

@inject()
export default class AcceptancesController {
  constructor(
    protected acceptProposal: AcceptProposal,
    protected withdrawAcceptance: WithdrawAcceptance
  ) {}

  @operation({
    summary: 'Accept a proposal',
    description:
      'A duplicate: the transaction entered by hand stays with everything you set, takes the bank’s id and booking day, and the imported one goes. A transfer: both become its legs, and their categories are put aside. What is changed is kept, so that taking the acceptance or the import back restores it.',
    responses: { 200: proposalSchema },
    errors: ['Conflict', 'Reconciled'],
    idempotent: true,
    etag: true,
  })
  async store(ctx: HttpContext) {
    await this.acceptProposal.handle({ actor: ctx.auth.getUserOrFail(), id: ctx.params.id })
    return sendProposal(ctx)
  }

  @operation({
    summary: 'Take an acceptance back',
    description:
      'Both transactions are what they were, but for what you changed since, and the proposal is open again.',
    responses: { 200: proposalSchema },
    errors: ['Conflict', 'Reconciled'],
    etag: true,
  })
  async destroy(ctx: HttpContext) {
    await this.withdrawAcceptance.handle({
      actor: ctx.auth.getUserOrFail(),
      id: ctx.params.id,
      precondition: ifProposalMatches(ctx.request),
    })
    return sendProposal(ctx)
  }
}
