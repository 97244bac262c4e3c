import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { mapsColumns, type NamedColumns } from '#transactions/domain/statements/csv/columns'
import type { Detection } from '#transactions/domain/statements/detection'
import { headerKey, keyOfRejected } from '#transactions/domain/statements/header_key'
import type { Mapping } from '#transactions/domain/statements/mapping'
import Import from '#transactions/models/import'

/** Imports of the account that are looked at, the newest first. */
const MOST = 100

interface Upload {
  accountId: string
  /** How the file begins. */
  text: string
  /** What a person says of it. */
  stated?: Mapping
  /** What a profile does. */
  kept?: Mapping
}

interface Reading {
  mapping?: Mapping
  /** Where fields stood, for what the mapping doesn't name. */
  columnsBefore?: NamedColumns
}

/**
 * How rejected rows of a CSV are to be read: as their file was. On their own they may show
 * another decimal mark, order of dates or sign than all of its rows did.
 */
export class ReadingOfRejected {
  /** What is said of the upload, with what is known of the file that its rows are from. */
  async handle(
    { accountId, text, stated, kept }: Upload,
    trx: TransactionClientContract
  ): Promise<Reading> {
    const key = keyOfRejected(text)
    if (key === null) return { mapping: stated ?? kept }

    const source = await this.#source(accountId, key, trx)
    const mapping = stated ?? withoutLetters(kept ?? source?.mapping ?? {})
    if (!source) return { mapping }
    return {
      mapping: { ...answers(source.detection!, mapping), ...mapping },
      columnsBefore: source.detection!.columns!.value,
    }
  }

  async #source(accountId: string, key: string, trx: TransactionClientContract) {
    const imports = await Import.query({ client: trx })
      .where({ account_id: accountId, format: 'csv' })
      .where('rejected_rows', '>', 0)
      .whereNotNull('detection')
      .orderBy('id', 'desc')
      .limit(MOST)
    return imports.find(({ detection }) => {
      const { headers } = detection!
      return headers !== null && headerKey('csv', headers) === key
    })
  }
}

/** Rejected rows are handed out in letters of their own. */
function withoutLetters(mapping: Mapping): Mapping {
  return { ...mapping, encoding: undefined, delimiter: undefined }
}

/** Words that tell the direction do so for guessed columns anew, and say more than any sign. */
function answers({ dateFormat, decimal, positive, columns }: Detection, said: Mapping): Mapping {
  const found: Mapping = { dateFormat: dateFormat!.value, decimal: decimal!.value }
  const direction = columns!.value.direction
  if (direction === undefined) return { ...found, positive: positive!.value }
  return mapsColumns(said) ? { ...found, direction } : found
}
