import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, beforeSave } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ImportProfileSchema } from '#database/schema'
import { ValidationFailed } from '#core/http/problem'
import { headerKey } from '#transactions/domain/statements/header_key'
import type { Mapping } from '#transactions/domain/statements/mapping'

/** A mapping that is kept for an account, and for files with a certain header. */
export default class ImportProfile extends ImportProfileSchema {
  static selfAssignPrimaryKey = true

  declare mapping: Mapping

  @beforeCreate()
  static prepare(profile: ImportProfile) {
    profile.id ??= randomUUIDv7()
  }

  @beforeSave()
  static takeKey(profile: ImportProfile) {
    profile.headerKey = headerKey(profile.format, profile.headers)
  }

  /** The profile a request names in `field`; one that isn't the user's is invalid input. */
  static async findReferenced(id: string, field: string, trx: TransactionClientContract) {
    const profile = await ImportProfile.find(id, { client: trx })
    if (!profile) throw ValidationFailed.field(field, 'exists', 'There is no such profile')
    return profile
  }

  /** The account's profile for a file whose header may have any of these keys. */
  static async recognised(accountId: string, keys: string[], trx: TransactionClientContract) {
    return ImportProfile.query({ client: trx })
      .where('account_id', accountId)
      .whereIn('header_key', keys)
      .orderBy('updated_at', 'desc')
      .first()
  }
}
