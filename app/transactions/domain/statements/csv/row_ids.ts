import { isUuid } from '#core/database/uuid'
import { isOwnExport, isOwnFile, ownIdColumn } from '#transactions/domain/exports/own_export'
import type { IdColumn } from '#transactions/domain/statements/csv/id_column'
import { isReference } from '#transactions/domain/statements/draft'
import type { Draft } from '#transactions/domain/statements/read_row'
import { lineOf } from '#transactions/domain/statements/texts'

type Ids = Pick<Draft, 'externalId' | 'idTrust' | 'reference' | 'ownId' | 'accountIsOwn'>

const NONE: Ids = { externalId: null }

/** What a row of a CSV is recognised by beside its content. */
export class RowIds {
  readonly #column: IdColumn | null
  readonly #isOwn: boolean
  readonly #isExport: boolean
  readonly #ownColumn: number | undefined

  constructor(column: IdColumn | null, headers: readonly string[] | null) {
    this.#column = column
    this.#isOwn = isOwnFile(headers)
    this.#isExport = isOwnExport(headers)
    this.#ownColumn = ownIdColumn(headers)
  }

  of(cells: string[]): Ids {
    const id = this.#column ? lineOf(cells[this.#column.index] ?? '') : ''
    if (this.#isExport) return { ...this.#stated(id, cells), accountIsOwn: true }
    if (this.#column === null || !isReference(id)) return NONE
    if (this.#isOwn) return this.#stated(id, cells)
    const { trust } = this.#column
    return trust === 'shared'
      ? { externalId: null, reference: id }
      : { externalId: id, idTrust: trust }
  }

  /** Files of Finora's own have the id of a transaction in place of a bank's, or beside it. */
  #stated(id: string, cells: string[]): Ids {
    const ownId = this.#ownColumn === undefined ? id : lineOf(cells[this.#ownColumn] ?? '')
    const externalId = id === '' || id === ownId ? null : id
    return isUuid(ownId) ? { externalId, ownId } : { externalId: id || null }
  }
}
