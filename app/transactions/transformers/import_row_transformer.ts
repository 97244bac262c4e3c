import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type { ImportRow } from '#transactions/queries/import_row_list'

export const importRowSchema = s.resource('ImportRow', {
  number: s.integer({ description: 'Counts the data rows of the file from 1' }),
  verdict: s.enumOf(['imported', 'duplicate', 'rejected']),
  field: s.nullable(s.text({ description: 'The field the reason is about' })),
  reason: s.nullable(s.text({ description: 'Why it was rejected, or what to know about it' })),
  rule: s.nullable(
    s.text({
      description: 'What made it a duplicate: externalId, ownId (an export of it) or fingerprint',
    })
  ),
  transactionId: s.nullable(s.id({ description: 'What it became, or what it duplicates' })),
  raw: s.nullable(s.text({ description: "A rejected row's text as it stands in the file" })),
})

export default class ImportRowTransformer extends Transformer<ImportRow> {
  toObject() {
    const { number, verdict, field, reason, rule, transactionId, raw } = this.resource
    return { number, verdict, field, reason, rule, transactionId, raw }
  }
}
