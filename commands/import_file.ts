import { readFile } from 'node:fs/promises'
import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { ProgressBar } from '#core/console/progress_bar'
import { saidOf } from '#core/console/said_of'
import { tenant } from '#core/database/tenant'
import { NotFound } from '#core/http/problem'
import ImportHere from '#transactions/actions/import_here'
import { readMapping } from '#transactions/controllers/read_mapping'
import type Import from '#transactions/models/import'
import { ImportRowList } from '#transactions/queries/import_row_list'
import { importValidator } from '#transactions/validators/import_validators'
import User from '#users/models/user'
import Account from '#wallet/models/account'

/** How many rejected rows are told of; the API has all of them. */
const MOST_TOLD = 200

export default class ImportFile extends BaseCommand {
  static commandName = 'import:file'
  static description = "Import a bank's file into an account, without a worker"
  static help = [
    'Ctrl-C loses nothing: the same command goes on where it stopped, or a worker does.',
    'The mapping is JSON, or @ and a file with it: field → header, as for uploads.',
  ]
  static options = { startApp: true }

  @args.string({ description: 'The file' })
  declare path: string

  @flags.string({ description: 'E-mail address or id of the user', required: true })
  declare user: string

  @flags.string({ description: 'Name or id of the account', required: true })
  declare account: string

  @flags.string({ description: 'What the file is; found out without it' })
  declare format?: string

  @flags.string({ description: 'How its columns are read: JSON, or @file' })
  declare mapping?: string

  @flags.boolean({ description: 'Only tell what would become of each row' })
  declare dryRun?: boolean

  @flags.boolean({ description: 'Make accounts and categories that the file names' })
  declare createMissing?: boolean

  @inject()
  async run(importHere: ImportHere) {
    const bar = new ProgressBar('Import')
    const interrupted = () => this.#interrupted(bar)
    process.once('SIGINT', interrupted)
    try {
      const record = await importHere.handle({
        ...(await this.#wanted()),
        onProgress: ({ processedBytes, fileSize, processedRows }) =>
          bar.show(processedBytes / Math.max(1, fileSize), `${processedRows} rows`),
      })
      bar.clear()
      await this.#tell(record)
    } catch (error) {
      bar.clear()
      this.#refuse(saidOf(error))
    } finally {
      process.off('SIGINT', interrupted)
    }
  }

  async #wanted() {
    const actor = await User.findForOperator(this.user)
    if (!actor) throw new NotFound(`there is no user ${this.user}`)

    const account = await tenant.transaction(actor.id, (trx) =>
      Account.findForOperator(this.account, trx)
    )
    const stated = { accountId: account.id, format: this.format }
    const { accountId, format } = await importValidator.validate(stated)
    const mapping = await this.#mapping()
    return { actor, path: this.path, accountId, format, mapping, dryRun: this.dryRun ?? false }
  }

  async #mapping() {
    const given = this.mapping?.startsWith('@')
      ? await readFile(this.mapping.slice(1), 'utf8')
      : this.mapping
    const mapping = await readMapping(given)
    return this.createMissing ? { ...mapping, createMissing: true } : mapping
  }

  /** The rows under way go back with their transaction, as when a worker dies. */
  #interrupted(bar: ProgressBar) {
    bar.clear()
    this.logger.warning('stopped: the same command goes on from here, or a worker does')
    process.exit(130)
  }

  async #tell(record: Import) {
    if (record.status !== 'completed') {
      return this.#refuse(record.error?.detail ?? `the import is ${record.status}`)
    }
    await this.#tellRejected(record)
    const { totalRows, importedRows, duplicateRows, rejectedRows } = record
    const what = this.dryRun ? 'to be imported' : 'imported'
    this.logger.success(
      `${totalRows} rows: ${importedRows} ${what}, ${duplicateRows} known, ${rejectedRows} rejected (${record.id})`
    )
  }

  async #tellRejected({ userId, id: importId, rejectedRows }: Import) {
    if (rejectedRows === 0) return
    const rows = await tenant.read(userId, (reader) =>
      new ImportRowList().handle(reader, { importId, verdict: 'rejected' }, MOST_TOLD)
    )
    for (const { number, reason } of rows) this.logger.warning(`row ${number}: ${reason}`)
    const untold = rejectedRows - rows.length
    if (untold > 0) this.logger.warning(`and ${untold} rows more`)
  }

  #refuse(reason: string) {
    this.logger.error(reason)
    this.exitCode = 1
  }
}
