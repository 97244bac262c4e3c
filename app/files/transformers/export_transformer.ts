import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type Export from '#files/models/export'

export const exportSchema = s.resource('Export', {
  id: s.id(),
  status: s.enumOf(['pending', 'active', 'completed', 'failed']),
  fileId: s.nullable(
    s.id({
      description:
        'Once completed: the ZIP, for `GET /files/{id}/download`. Null again when the file is gone',
    })
  ),
  createdAt: s.instant(),
  finishedAt: s.nullable(s.instant()),
  expiresAt: s.nullable(s.instant({ description: 'When the file is deleted' })),
})

export default class ExportTransformer extends Transformer<Export> {
  toObject() {
    const record = this.resource
    return {
      id: record.id,
      status: record.status,
      fileId: record.fileId,
      createdAt: record.createdAt.toUTC().toISO()!,
      finishedAt: record.finishedAt?.toUTC().toISO() ?? null,
      expiresAt: record.expiresAt?.toUTC().toISO() ?? null,
    }
  }
}
