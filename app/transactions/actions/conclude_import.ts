import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { tenant } from '#core/database/tenant'
import { ProposeMatches } from '#transactions/actions/propose_matches'
import { rememberProfile } from '#transactions/actions/remember_profile'
import type { ImportFailure } from '#transactions/domain/import_failure'
import type Import from '#transactions/models/import'

/** Ends an import, once: it says how it went, and proposals are made about what it booked. */
export class ConcludeImport {
  /** @param failure why the rest of the file could not be read */
  async handle(record: Import, failure?: ImportFailure) {
    const { userId, dryRun } = record
    await tenant[dryRun ? 'transaction' : 'ledger'](userId, async (trx) => {
      if (await this.#end(record, trx, failure)) await new ProposeMatches().handle(record, trx)
    })
  }

  /** For what failed for reasons of ours: nothing more is tried with it. */
  async giveUp(record: Import, failure: ImportFailure) {
    await tenant.transaction(record.userId, (trx) => this.#end(record, trx, failure))
  }

  async #end(record: Import, trx: TransactionClientContract, failure?: ImportFailure) {
    const isFirst = failure ? await record.fail(failure, trx) : await record.complete(trx)
    if (!isFirst) return false
    if (!failure) await rememberProfile(record, trx)

    const action = failure ? 'import.failed' : 'import.completed'
    await audit.record({ actor: 'system', action, subject: record, userId: record.userId }, trx)
    return true
  }
}
