import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { readerOf } from '#core/database/connection_of'
import { tenant } from '#core/database/tenant'
import type { Precondition } from '#core/http/etag'
import { Conflict } from '#core/http/problem'
import { TakeBackAcceptance } from '#transactions/actions/take_back_acceptance'
import Import from '#transactions/models/import'
import Proposal from '#transactions/models/proposal'
import type User from '#users/models/user'

interface Input {
  actor: User
  id: string
  precondition: Precondition
}

/**
 * The imported transaction again, numbered as a change of today. A category may be gone by
 * now, and the reconciliation that had cleared it completed or gone.
 */
const BRING_BACK = `
  INSERT INTO transactions
  SELECT (jsonb_populate_record(NULL::transactions, image.transaction || jsonb_build_object(
    'category_id', (SELECT c.id FROM categories c
      WHERE c.user_id = $1 AND c.id = (image.transaction ->> 'category_id')::uuid),
    'reconciliation_id', NULL, 'reconciled', false,
    'added_in', version.now, 'changed_in', version.now
  ))).*
  FROM (SELECT $2::jsonb -> 'transaction' AS transaction) AS image,
    (SELECT current_setting('finora.ledger_version')::bigint AS now) AS version
`

const BRING_SPLITS_BACK = `
  INSERT INTO transaction_splits
  SELECT (jsonb_populate_record(s, jsonb_build_object(
    'category_id', (SELECT c.id FROM categories c WHERE c.user_id = $1 AND c.id = s.category_id)
  ))).*
  FROM jsonb_populate_recordset(NULL::transaction_splits, $2::jsonb -> 'splits') AS s
`

/**
 * Takes an acceptance back: both transactions are what they were, and the
 * proposal is open again. Throws `Conflict` when it isn't accepted, or when the
 * transfer is gone.
 */
export default class WithdrawAcceptance {
  async handle({ actor, id, precondition }: Input) {
    await tenant.ledger(actor.id, async (trx) => {
      const proposal = await Proposal.lock(id, trx)
      await precondition(proposal, trx)
      if (proposal.status !== 'accepted') throw new Conflict(`The proposal is ${proposal.status}.`)

      if (proposal.kind === 'transfer') await this.#requireLegs(proposal, trx)
      await new TakeBackAcceptance().handle(proposal, trx)
      if (proposal.kind === 'duplicate') await this.#bringBack(proposal, trx)
      await proposal.reopen(trx)
      await audit.record(
        { actor, action: 'proposal.acceptance-withdrawn', subject: proposal, userId: actor.id },
        trx
      )
    })
  }

  async #requireLegs({ transactionId, matchId }: Proposal, trx: TransactionClientContract) {
    const legs = await trx.from('transactions').whereIn('id', [transactionId, matchId])
    if (legs.length < 2) throw new Conflict('The transfer has been deleted since.')
  }

  async #bringBack(proposal: Proposal, trx: TransactionClientContract) {
    const { userId, importId, rowNumber, transactionId } = proposal
    const reader = readerOf(trx)
    const image = JSON.stringify(proposal.removed)
    await reader.query(BRING_BACK, [userId, image])
    await reader.query(BRING_SPLITS_BACK, [userId, image])
    await reader.query(`DELETE FROM transaction_tombstones WHERE user_id = $1 AND id = $2`, [
      userId,
      transactionId,
    ])
    await reader.query(
      `UPDATE import_rows SET verdict = 'imported', rule = NULL, transaction_id = $3
       WHERE import_id = $1 AND number = $2`,
      [importId, rowNumber, transactionId]
    )
    const record = await Import.lock(importId, trx)
    await record.recount('duplicate', 'imported', trx)
  }
}
