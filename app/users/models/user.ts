import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import { UserSchema } from '#database/schema'

/** A person who keeps a ledger, or who helps them (see `role`). */
export default class User extends UserSchema {
  static selfAssignPrimaryKey = true

  @column({ serializeAs: null })
  declare password: string

  @beforeCreate()
  static prepare(user: User) {
    user.id ??= randomUUIDv7()
    user.role ??= 'USER'
    user.ledgerVersion ??= 0
  }

  /** E-mail addresses are compared without regard to case and width. */
  static normaliseEmail(email: string) {
    return email.trim().normalize('NFKC').toLowerCase()
  }

  /** The one look-up that crosses users: whose address is this? (policy `sign_in`) */
  static async findForSignIn(email: string) {
    return db.connection('app').transaction(async (trx) => {
      const address = User.normaliseEmail(email)
      await trx.rawQuery(`SELECT set_config('finora.sign_in_email', ?, true)`, [address])
      return User.query({ client: trx }).where('email', address).first()
    })
  }

  /** Takes as long for an address nobody has as for a wrong password. */
  static async verifyCredentials(email: string, password: string) {
    const user = await User.findForSignIn(email)
    if (user) return (await hash.verify(user.password, password)) ? user : null

    await hash.make(password)
    return null
  }

  get emailVerified() {
    return this.emailVerifiedAt !== null
  }
}
