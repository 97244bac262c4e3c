import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type PayeeAlias from '#transactions/models/payee_alias'

export const payeeAliasSchema = s.resource('PayeeAlias', {
  id: s.id(),
  alias: s.text({
    description:
      "The bank's text in normal form: lower case, without dates, references, masked cards and places",
  }),
  payee: s.text({ description: 'What imported rows are called instead' }),
  origin: s.enumOf(['learned', 'entered'], {
    description: '`learned` when a person renamed an imported transaction; the last time counts',
  }),
  createdAt: s.instant(),
  updatedAt: s.instant(),
})

export default class PayeeAliasTransformer extends Transformer<PayeeAlias> {
  toObject() {
    const { id, alias, payee, origin, createdAt, updatedAt } = this.resource
    return {
      id,
      alias,
      payee,
      origin,
      createdAt: createdAt.toUTC().toISO()!,
      updatedAt: updatedAt.toUTC().toISO()!,
    }
  }
}
