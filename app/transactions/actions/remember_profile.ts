import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { headerKey } from '#transactions/domain/statements/header_key'
import type Import from '#transactions/models/import'
import ImportProfile from '#transactions/models/import_profile'

const LONGEST_NAME = 100

/**
 * Keeps the mapping that a person gave for a file, if they asked for it, inside
 * the transaction that completes the import; one that is there for the account
 * and the header is refreshed. A dry run keeps nothing.
 */
export async function rememberProfile(record: Import, trx: TransactionClientContract) {
  const { userId, accountId, format, mapping, detection } = record
  if (!record.saveProfile || record.dryRun || !accountId || !mapping || !detection) return

  const { headers } = detection
  const [known] = await ImportProfile.query({ client: trx })
    .where('account_id', accountId)
    .where('header_key', headerKey(format, headers))
  const profile = known ?? new ImportProfile().fill({ userId, accountId, format })
  profile.name ??= record.fileName.slice(0, LONGEST_NAME)
  await profile.merge({ headers, mapping }).useTransaction(trx).save()
  await trx.from('imports').where('id', record.id).update({ profile_id: profile.id })
}
