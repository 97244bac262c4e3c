import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { beforeCreate, column } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { tenant } from '#core/database/tenant'
import { UserSchema } from '#database/schema'
import Session from '#auth/models/session'
import EmailTaken from '#users/exceptions/email_taken'
import { isUuid } from '#core/database/uuid'

/** A person who keeps a ledger, or who helps them (see `role`). */
export default class User extends UserSchema {
  static selfAssignPrimaryKey = true

  @column({ serializeAs: null })
  declare password: string

  /** A hash that no password has, made when the first one is checked. */
  static #nobodys?: Promise<string>

  @beforeCreate()
  static prepare(user: User) {
    user.id ??= randomUUIDv7()
    user.role ??= 'USER'
    user.ledgerVersion ??= 0
    user.disabledAt ??= null
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

  /** Whom an operator means by an e-mail address or an id. */
  static async findForOperator(emailOrId: string) {
    if (!isUuid(emailOrId)) return User.findForSignIn(emailOrId)
    const id = emailOrId.toLowerCase()
    return tenant.transaction(id, (trx) => User.find(id, { client: trx }))
  }

  /** Whether it is the user's password. Takes as long for nobody (null) as for a user. */
  static async proves(user: User | null, password: string) {
    User.#nobodys ??= hash.make(randomBytes(32).toString('base64url'))
    const nobodys = await User.#nobodys
    const matches = await hash.verify(user?.password ?? nobodys, password)
    return matches && user !== null
  }

  /**
   * The user as of now. What changes or relies on their credentials comes one
   * after the other until the transaction ends; the ledger is not held up.
   */
  static async lockCredentials(id: string, trx: TransactionClientContract) {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtextextended('credentials:' || ?, 0))`, [
      id,
    ])
    return User.find(id, { client: trx })
  }

  /**
   * The same user as of now (see `lockCredentials`), or null when their password
   * is another one since this was read, or they are kept out.
   */
  async stillHolding(trx: TransactionClientContract) {
    const now = await User.lockCredentials(this.id, trx)
    return now && now.password === this.password && !now.isDisabled ? now : null
  }

  get emailVerified() {
    return this.emailVerifiedAt !== null
  }

  get isDisabled() {
    return this.disabledAt !== null
  }

  /** True once they asked to be erased: there is no way back. */
  get isErased() {
    return this.password === ''
  }

  /** Replaces the password (a hash) and ends every session. */
  async changePassword(hashed: string, trx: TransactionClientContract) {
    await this.#set('password = ?', [hashed], trx)
    await Session.revokeAll(this.id, trx)
  }

  /** Makes an address theirs whose mail they have read. Throws `EmailTaken`. */
  async confirmEmail(address: string, trx: TransactionClientContract) {
    try {
      await this.#set('email = ?, email_verified_at = now()', [address], trx)
    } catch (error) {
      throw EmailTaken.unless(error)
    }
  }

  /** Keeps the user out, at once and until `enable`. Nothing of theirs is lost. */
  async disable(trx: TransactionClientContract) {
    await User.lockCredentials(this.id, trx)
    await this.#set('disabled_at = coalesce(disabled_at, now())', [], trx)
    await Session.revokeAll(this.id, trx)
  }

  async enable(trx: TransactionClientContract) {
    await this.#set('disabled_at = NULL', [], trx)
  }

  /** Gives another role, up or down. Sessions of the old one end at once. */
  async promote(role: User['role'], trx: TransactionClientContract) {
    await User.lockCredentials(this.id, trx)
    await this.#set('role = ?', [role], trx)
    await Session.revokeAll(this.id, trx)
  }

  /** Forgets who this is. Nobody can sign in any more, and the address is free. */
  async loseFace(trx: TransactionClientContract) {
    await this.#set(
      `email = ?, password = '', name = 'Erased', role = 'USER', timezone = 'UTC', locale = 'en',
       email_verified_at = NULL, disabled_at = coalesce(disabled_at, now())`,
      [`${this.id}@erased.invalid`],
      trx
    )
  }

  async #set(assignment: string, values: string[], trx: TransactionClientContract) {
    await trx.rawQuery(`UPDATE users SET ${assignment}, updated_at = now() WHERE id = ?`, [
      ...values,
      this.id,
    ])
    this.useTransaction(trx)
    await this.refresh()
  }
}
