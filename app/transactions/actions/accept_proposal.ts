import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { LinkTransfer } from '#transactions/actions/link_transfer'
import { MergeDuplicate } from '#transactions/actions/merge_duplicate'
import Proposal from '#transactions/models/proposal'
import type User from '#users/models/user'

/**
 * Does what a proposal proposes, and keeps what it changed. Accepting again
 * changes nothing. Throws `Conflict` when it is open no more, or when one of the
 * two has become another meanwhile; `Reconciled` when a statement has proven one.
 */
export default class AcceptProposal {
  async handle({ actor, id }: { actor: User; id: string }) {
    await tenant.ledger(actor.id, async (trx) => {
      const proposal = await Proposal.lock(id, trx)
      if (proposal.status === 'accepted') return
      proposal.requireOpen()

      const step = proposal.kind === 'duplicate' ? new MergeDuplicate() : new LinkTransfer()
      await step.handle(proposal, trx)
      await audit.record(
        {
          actor,
          action: 'proposal.accepted',
          subject: proposal,
          data: { kind: proposal.kind },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
