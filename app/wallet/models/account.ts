import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AccountSchema } from '#database/schema'
import { Conflict, NotFound, ValidationFailed } from '#core/http/problem'
import AccountInUse from '#wallet/exceptions/account_in_use'
import User from '#users/models/user'

export const ACCOUNT_TYPES = [
  'checking',
  'savings',
  'cash',
  'credit',
  'loan',
  'investment',
  'other',
] as const

/** Where money lies or is owed. Its currency is that of every transaction in it. */
export default class Account extends AccountSchema {
  static selfAssignPrimaryKey = true

  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  @beforeCreate()
  static prepare(account: Account) {
    account.id ??= randomUUIDv7()
    account.archivedAt ??= null
  }

  /** The account a request's body names in `field`; one that isn't the user's is invalid input. */
  static async findReferenced(id: string, field: string, trx: TransactionClientContract) {
    const account = await Account.find(id, { client: trx })
    if (!account) throw ValidationFailed.field(field, 'exists', 'There is no such account')
    return account
  }

  /** The one an operator means by a name or an id. Throws `NotFound`, `Conflict`. */
  static async findForOperator(nameOrId: string, trx: TransactionClientContract) {
    const found = await Account.query({ client: trx })
      .whereRaw('id::text = lower(?) OR lower(name) = lower(?)', [nameOrId, nameOrId])
      .orderBy('id')
    if (found.length === 0) throw new NotFound(`There is no account "${nameOrId}".`)
    if (found.length > 1) {
      throw new Conflict(`Several accounts are called "${nameOrId}": give an id.`)
    }
    return found[0]
  }

  /** Removes an account that holds nothing. Throws `AccountInUse` otherwise: archive it instead. */
  async discard(trx: TransactionClientContract) {
    const booked = await trx.from('transactions').where('account_id', this.id).first()
    const awaited = await trx
      .from('imports')
      .where('account_id', this.id)
      .whereIn('status', ['pending', 'active'])
      .first()
    if (booked || awaited) throw new AccountInUse()
    await this.useTransaction(trx).delete()
  }
}
