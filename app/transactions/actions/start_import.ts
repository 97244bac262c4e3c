import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { outbox } from '#core/database/outbox'
import { tenant } from '#core/database/tenant'
import { ValidationFailed } from '#core/http/problem'
import Account from '#wallet/models/account'
import { recognise } from '#transactions/domain/statements/detection'
import type { StatementFormat } from '#transactions/domain/statements/formats'
import { possibleHeaderKeys } from '#transactions/domain/statements/header_key'
import { firstLook } from '#transactions/domain/statements/inspection'
import type { Mapping } from '#transactions/domain/statements/mapping'
import ImportTransactions from '#transactions/jobs/import_transactions'
import Import from '#transactions/models/import'
import ImportProfile from '#transactions/models/import_profile'
import { ReadingOfRejected } from '#transactions/queries/reading_of_rejected'
import type { StoredFile } from '#transactions/services/import_files'
import type User from '#users/models/user'

interface Input {
  actor: User
  file: StoredFile
  accountId: string
  /** Detected unless given. */
  format?: StatementFormat
  mapping?: Mapping
  /** Whose mapping is taken; without one and without a mapping, the profile the header is known by. */
  profileId?: string
  /** The mapping is kept for such files once the import is completed. */
  saveProfile?: boolean
  dryRun: boolean
  /** For whoever reads it themselves: after so many seconds the worker does what is left. */
  workerAfter?: number
  restoreDeleted?: boolean
}

/** Takes an uploaded file in and says what it is; the worker reads it. */
export default class StartImport {
  async handle({
    actor,
    file,
    accountId,
    saveProfile = false,
    dryRun,
    restoreDeleted = false,
    workerAfter,
    ...stated
  }: Input) {
    return tenant.transaction(actor.id, async (trx) => {
      const account = await Account.findReferenced(accountId, 'accountId', trx)
      const seen = firstLook(file.head)
      const profile = await this.#profileOf(seen, account, stated, trx)
      const mappings = { stated: stated.mapping, kept: profile?.mapping }
      const upload = { accountId: account.id, text: seen.text, ...mappings }
      const { mapping, columnsBefore } = await new ReadingOfRejected().handle(upload, trx)
      const { format, detection } = recognise(file.head, {
        currency: account.currency,
        isCard: account.type === 'credit',
        format: stated.format,
        mapping,
        columnsBefore,
        complete: file.head.length === file.size,
        farther: file.farther,
      })
      const record = await Import.create(
        {
          userId: actor.id,
          accountId: account.id,
          format,
          detection,
          fileName: file.name,
          fileKey: file.key,
          fileSize: file.size,
          fileDigest: file.sha256,
          mapping: mapping ?? null,
          profileId: profile?.id ?? null,
          saveProfile,
          dryRun,
          restoreDeleted,
        },
        { client: trx }
      )
      await audit.record(
        { actor, action: 'import.started', subject: record, userId: actor.id },
        trx
      )
      const payload = { userId: actor.id, importId: record.id }
      await outbox.enqueue(ImportTransactions, payload, trx, { delaySeconds: workerAfter })
      await record.refresh()
      return record
    })
  }

  async #profileOf(
    seen: ReturnType<typeof firstLook>,
    account: Account,
    { profileId, mapping, format }: Pick<Input, 'profileId' | 'mapping' | 'format'>,
    trx: TransactionClientContract
  ) {
    if (profileId !== undefined) {
      if (mapping) throw ValidationFailed.field('profileId', 'alone', 'Give a mapping or a profile')
      return ImportProfile.findReferenced(profileId, 'profileId', trx)
    }
    if (mapping) return null
    const keys = possibleHeaderKeys(format ?? seen.format, seen.text)
    return ImportProfile.recognised(account.id, keys, trx)
  }
}
