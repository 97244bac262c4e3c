import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Import from '#transactions/models/import'

export const importSchema = s.resource('Import', {
  id: s.id(),
  accountId: s.nullable(s.id()),
  status: s.enumOf(['pending', 'active', 'completed', 'failed', 'reverted']),
  fileName: s.text(),
  format: s.enumOf(['csv', 'ofx', 'qif', 'camt053', 'mt940']),
  mapping: s.nullable({ type: 'object' }),
  dryRun: s.boolean(),
  counts: s.object({
    total: s.integer({ description: 'Rows read so far; all of them once completed' }),
    imported: s.integer(),
    duplicates: s.integer(),
    rejected: s.integer(),
  }),
  progress: s.number({ minimum: 0, maximum: 1 }),
  error: s.nullable(s.object({ code: s.text(), detail: s.text() })),
  createdAt: s.instant(),
  startedAt: s.nullable(s.instant()),
  finishedAt: s.nullable(s.instant()),
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
      mapping: record.mapping,
      dryRun: record.dryRun,
      counts: {
        total: record.totalRows ?? record.processedRows,
        imported: record.importedRows,
        duplicates: record.duplicateRows,
        rejected: record.rejectedRows,
      },
      progress: this.#progress(record),
      error: record.error,
      createdAt: record.createdAt.toUTC().toISO()!,
      startedAt: record.startedAt?.toUTC().toISO() ?? null,
      finishedAt: record.finishedAt?.toUTC().toISO() ?? null,
    }
  }

  #progress({ isOver, processedBytes, fileSize }: Import) {
    if (isOver) return 1
    return fileSize === 0 ? 0 : Math.floor((processedBytes * 1000) / fileSize) / 1000
  }
}
