import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { ProposeOthers } from '#transactions/actions/propose_others'
import Proposal from '#transactions/models/proposal'
import type User from '#users/models/user'

/**
 * Keeps two transactions apart: the pair is never proposed again, not even when
 * the import is taken back and the file comes again; what else either of them may
 * belong to is. Refusing twice is refusing
 * once. Throws `Conflict` when it was accepted or closed.
 */
export default class RefuseProposal {
  async handle({ actor, id }: { actor: User; id: string }) {
    await tenant.ledger(actor.id, async (trx) => {
      const proposal = await Proposal.lock(id, trx)
      if (proposal.status === 'refused') return
      proposal.requireOpen()

      await proposal.refuse(trx)
      await new ProposeOthers().handle(proposal, trx)
      await audit.record(
        {
          actor,
          action: 'proposal.refused',
          subject: proposal,
          data: { kind: proposal.kind },
          userId: actor.id,
        },
        trx
      )
    })
  }
}
