import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { readerOf } from '#core/database/connection_of'
import { ApplyOverride } from '#transactions/actions/apply_override'
import type Import from '#transactions/models/import'
import { JudgedRows } from '#transactions/queries/judged_rows'

/** Does in an import what a person said of the rows of its dry run, as far as it has been read. */
export class ApplyOverrides {
  async handle(record: Import, trx: TransactionClientContract) {
    const said = { importId: record.id, dryRunId: record.dryRunId! }
    for (const { row, override } of await new JudgedRows().overridden(readerOf(trx), said)) {
      await new ApplyOverride().handle(record, row, override, trx)
    }
  }
}
