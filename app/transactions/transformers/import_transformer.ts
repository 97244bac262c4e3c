import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { STATEMENT_FORMATS } from '#transactions/domain/statements/formats'
import type Import from '#transactions/models/import'

const confidence = s.number({ minimum: 0, maximum: 1 })
const found = <T>(value: s.Schema<T>) => s.nullable(s.object({ value, confidence }))

/** How sure is what was found out about the file; each can be overridden by the mapping. */
const detection = s.resource('Detection', {
  format: s.enumOf(STATEMENT_FORMATS),
  confidence,
  encoding: s.object({ value: s.text(), confidence }),
  headers: s.nullable(s.array(s.text())),
  delimiter: found(s.text()),
  columns: found(s.map(s.text(), { description: 'Field → header' })),
  dateFormat: found(s.text()),
  decimal: found(s.enumOf(['.', ','])),
  positive: found(s.enumOf(['income', 'expense'], { description: 'What a positive amount is' })),
})

const statement = s.resource('Statement', {
  account: s.nullable(s.text({ description: "The bank's number for the account, as an IBAN" })),
  currency: s.nullable(s.text()),
  closingBalance: s.nullable(s.minor()),
  closingDate: s.nullable(s.day()),
})

export const importSchema = s.resource('Import', {
  id: s.id(),
  accountId: s.nullable(s.id()),
  status: s.enumOf(['pending', 'active', 'completed', 'failed', 'reverted']),
  fileName: s.text(),
  format: s.enumOf(STATEMENT_FORMATS),
  detection: s.nullable(detection),
  mapping: s.nullable({ type: 'object' }),
  profileId: s.nullable(s.id({ description: 'The profile that the mapping is of' })),
  statements: s.array(statement, {
    description: 'What the file says of its statements, once it has been read',
  }),
  dryRun: s.boolean(),
  dryRunId: s.nullable(s.id({ description: 'The dry run whose confirmation started it' })),
  restoreDeleted: s.boolean(),
  counts: s.object({
    total: s.integer({ description: 'Rows read so far; all of them once completed' }),
    imported: s.integer(),
    duplicates: s.integer(),
    rejected: s.integer(),
  }),
  progress: s.number({ minimum: 0, maximum: 1 }),
  error: s.nullable(s.object({ code: s.text(), detail: s.text() })),
  reversalError: s.nullable(
    s.object(
      { code: s.enumOf(['reconciled', 'interrupted']), detail: s.text() },
      {
        description:
          'Why the reversal that was asked for last has not happened; null from the next request on',
      }
    )
  ),
  createdAt: s.instant(),
  startedAt: s.nullable(s.instant()),
  finishedAt: s.nullable(s.instant()),
  revertedAt: s.nullable(s.instant()),
  revertedBy: s.nullable(s.id({ description: 'The user who had it taken back' })),
})

export default class ImportTransformer extends Transformer<Import> {
  toObject() {
    const record = this.resource
    return {
      id: record.id,
      accountId: record.accountId,
      status: record.status,
      fileName: record.fileName,
      format: record.format,
      detection: record.detection,
      mapping: record.mapping,
      profileId: record.profileId,
      statements: record.statements,
      dryRun: record.dryRun,
      dryRunId: record.dryRunId,
      restoreDeleted: record.restoreDeleted,
      counts: {
        total: record.totalRows ?? record.processedRows,
        imported: record.importedRows,
        duplicates: record.duplicateRows,
        rejected: record.rejectedRows,
      },
      progress: this.#progress(record),
      error: record.error,
      reversalError: record.reversalError,
      createdAt: record.createdAt.toUTC().toISO()!,
      startedAt: record.startedAt?.toUTC().toISO() ?? null,
      finishedAt: record.finishedAt?.toUTC().toISO() ?? null,
      revertedAt: record.revertedAt?.toUTC().toISO() ?? null,
      revertedBy: record.revertedBy,
    }
  }

  #progress({ isOver, processedBytes, fileSize }: Import) {
    if (isOver) return 1
    return fileSize === 0 ? 0 : Math.floor((processedBytes * 1000) / fileSize) / 1000
  }
}
