import { randomUUIDv7 } from 'node:crypto'
import { beforeCreate } from '@adonisjs/lucid/orm'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AlertSchema } from '#database/schema'
import { Conflict, InvalidReference, ValidationFailed } from '#core/http/problem'

/** All of a user's are looked at after each write. */
const MOST_ALERTS = 100

/** What a person wants to hear of their money. */
export default class Alert extends AlertSchema {
  static selfAssignPrimaryKey = true

  @beforeCreate()
  static prepare(alert: Alert) {
    alert.id ??= randomUUIDv7()
    alert.accountId ??= null
    alert.enabled ??= true
    alert.lastTriggeredAt ??= null
  }

  static lock(id: string, trx: TransactionClientContract) {
    return Alert.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
  }

  /** Whether anything is watched in the scope of `trx`. */
  static async anyIsEnabled(trx: TransactionClientContract) {
    const { rows } = await trx.rawQuery('SELECT 1 FROM alerts WHERE enabled LIMIT 1')
    return rows.length > 0
  }

  /** Those that are on. Nobody else looks at them or changes them until the transaction ends. */
  static lockEnabled(trx: TransactionClientContract) {
    return Alert.query({ client: trx }).where('enabled', true).orderBy('id').forUpdate()
  }

  /** Throws `Conflict` when there are enough. Until the transaction ends nobody else adds one. */
  static async makeRoom(userId: string, trx: TransactionClientContract) {
    await trx.rawQuery(`SELECT pg_advisory_xact_lock(hashtextextended('alerts:' || ?, 0))`, [
      userId,
    ])
    const { rows } = await trx.rawQuery('SELECT count(*) AS count FROM alerts')
    if (rows[0].count >= MOST_ALERTS) {
      throw new Conflict(`There are ${MOST_ALERTS} alerts already.`)
    }
  }

  /**
   * Makes sure that it can ever be triggered.
   *
   * @throws InvalidReference for an account that isn't the user's
   * @throws ValidationFailed for another currency than the account's, for an archived account
   * and for a largest transaction of nothing
   */
  async check(trx: TransactionClientContract) {
    if (this.kind === 'largeTransaction' && this.thresholdMinor <= 0) {
      throw ValidationFailed.field('threshold', 'min', 'A large transaction is more than nothing')
    }
    if (this.accountId === null) return

    const account = await trx.from('accounts').where('id', this.accountId).forShare().first()
    if (!account) throw new InvalidReference('accountId', 'account')
    if (account.archived_at !== null && this.enabled !== false) {
      throw ValidationFailed.field('accountId', 'archived', 'The account is archived')
    }
    if (account.currency !== this.currency) {
      throw ValidationFailed.field(
        'currency',
        'currency',
        `The account is in ${account.currency as string}`
      )
    }
  }

  /** What it has told of balances it may tell again. */
  async rearm(trx: TransactionClientContract) {
    await trx.rawQuery(
      `UPDATE alert_triggers SET recovered_at = now()
       WHERE alert_id = ? AND period <> '' AND recovered_at IS NULL`,
      [this.id]
    )
  }
}
