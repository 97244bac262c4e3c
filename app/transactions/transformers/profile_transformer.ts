import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { STATEMENT_FORMATS } from '#transactions/domain/statements/formats'
import type ImportProfile from '#transactions/models/import_profile'

export const profileSchema = s.resource('ImportProfile', {
  id: s.id(),
  accountId: s.id(),
  name: s.text(),
  format: s.enumOf(STATEMENT_FORMATS),
  headers: s.nullable(
    s.array(s.text(), { description: 'A CSV with this header is read by the mapping' })
  ),
  mapping: { type: 'object' } as s.Schema<object>,
  createdAt: s.instant(),
  updatedAt: s.instant(),
})

export default class ProfileTransformer extends Transformer<ImportProfile> {
  toObject() {
    const { id, accountId, name, format, headers, mapping, createdAt, updatedAt } = this.resource
    return {
      id,
      accountId,
      name,
      format,
      headers,
      mapping,
      createdAt: createdAt.toUTC().toISO()!,
      updatedAt: updatedAt.toUTC().toISO()!,
    }
  }
}
