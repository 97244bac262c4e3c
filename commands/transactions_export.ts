import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { ProgressBar } from '#core/console/progress_bar'
import { saidOf } from '#core/console/said_of'
import { snapshotStream } from '#core/database/snapshot'
import { tenant } from '#core/database/tenant'
import { TransactionExport } from '#transactions/queries/transaction_export'
import { EXPORT_FORMATS, EXPORT_NAMES } from '#transactions/transformers/export_formats'
import { exportTransactionsValidator } from '#transactions/validators/transaction_validators'
import User from '#users/models/user'
import Account from '#wallet/models/account'

const STANDARD_OUTPUT = '-'

export default class TransactionsExport extends BaseCommand {
  static commandName = 'transactions:export'
  static description = 'Write the transactions of a user to a file, or to standard output'
  static options = { startApp: true }

  @flags.string({ description: 'E-mail address or id of the user', required: true })
  declare user: string

  @flags.string({ description: `One of ${EXPORT_NAMES.join(', ')}`, default: 'csv' })
  declare format: string

  @flags.string({ description: 'The file, or - for standard output', default: STANDARD_OUTPUT })
  declare out: string

  @flags.boolean({ description: 'Mark a CSV as UTF-8, for spreadsheets' })
  declare bom?: boolean

  @flags.string({ description: 'Only of this account: name or id' })
  declare account?: string

  @flags.string({ description: 'Only of the category with this id' })
  declare category?: string

  @flags.string({ description: 'Only income, expense or transfer' })
  declare kind?: string

  @flags.string({ description: 'From this day on: YYYY-MM-DD' })
  declare from?: string

  @flags.string({ description: 'Up to this day' })
  declare to?: string

  @flags.string({ description: 'From this amount on, in minor units' })
  declare minAmount?: string

  @flags.string({ description: 'Up to this amount' })
  declare maxAmount?: string

  @flags.string({ description: 'With this text in payee, description or notes' })
  declare q?: string

  @flags.string({ description: 'With this tag' })
  declare tag?: string

  @flags.string({ description: 'Of the import with this id' })
  declare import?: string

  @inject()
  async run(transactions: TransactionExport) {
    const bar = new ProgressBar('Export')
    try {
      const user = await User.findForOperator(this.user)
      if (!user) return this.#refuse(`there is no user ${this.user}`)

      const { format = 'csv', bom, ...filters } = await this.#wanted(user)
      let written = 0
      const file = snapshotStream(user.id, async function* (trx) {
        const accounts = await transactions.accounts(trx, filters)
        const total = accounts.reduce((sum, { count }) => sum + count, 0)
        yield* transactions.handle(trx, filters, EXPORT_FORMATS[format].open({ bom }), (count) => {
          written += count
          bar.show(written / total, `${written} transactions`)
        })
      })
      await this.#keep(file)
      bar.clear()
      if (this.out !== STANDARD_OUTPUT) {
        this.logger.success(`${written} transactions are in ${this.out}`)
      }
    } catch (error) {
      bar.clear()
      this.#refuse(saidOf(error))
    }
  }

  async #wanted({ id: userId }: User) {
    const { account } = this
    const found = account
      ? await tenant.transaction(userId, (trx) => Account.findForOperator(account, trx))
      : undefined
    return exportTransactionsValidator.validate({
      format: this.format,
      bom: this.bom,
      accountId: found?.id,
      categoryId: this.category,
      kind: this.kind,
      from: this.from,
      to: this.to,
      minAmount: this.minAmount,
      maxAmount: this.maxAmount,
      q: this.q,
      tag: this.tag,
      importId: this.import,
    })
  }

  /** Under its own name only once all of it is there, and for nobody else to read. */
  async #keep(file: Readable) {
    if (this.out === STANDARD_OUTPUT) return this.#print(file)

    const unfinished = `${this.out}.part`
    try {
      await pipeline(file, createWriteStream(unfinished, { mode: 0o600 }))
      await rename(unfinished, this.out)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  /** Whoever reads may have enough before the end. */
  async #print(file: Readable) {
    await pipeline(file, process.stdout, { end: false }).catch((error) => {
      if (error.code !== 'EPIPE') throw error
    })
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}
