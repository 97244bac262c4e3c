import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import { ACCOUNT_TYPES } from '#wallet/models/account'
import type { AccountRow } from '#wallet/queries/account_list'

export const accountSchema = s.resource('Account', {
  id: s.id(),
  name: s.text(),
  type: s.enumOf(ACCOUNT_TYPES),
  currency: s.currency(),
  openingBalance: s.minor(),
  balance: s.minor({ description: 'The opening balance and everything booked since' }),
  archivedAt: s.nullable(s.instant()),
  createdAt: s.instant(),
})

export default class AccountTransformer extends Transformer<AccountRow> {
  toObject() {
    return {
      id: this.resource.id,
      name: this.resource.name,
      type: this.resource.type,
      currency: this.resource.currency,
      openingBalance: this.resource.openingBalance,
      balance: this.resource.balance,
      archivedAt: this.resource.archivedAt?.toISOString() ?? null,
      createdAt: this.resource.createdAt.toISOString(),
    }
  }
}
