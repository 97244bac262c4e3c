import { isOwnExport, ownIdColumn } from '#transactions/domain/exports/own_export'
import { isOwnId } from '#transactions/domain/exports/own_id'
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
  readonly #ownColumn: number | null

  constructor(column: IdColumn | null, headers: readonly string[] | null) {
    this.#column = column
    this.#isOwn = isOwnExport(headers)
    this.#ownColumn = ownIdColumn(headers)
  }

  of(cells: string[]): Ids {
    const id = this.#column ? lineOf(cells[this.#column.index] ?? '') : ''
    if (this.#isOwn) return this.#ofExport(id, cells)
    if (this.#column === null || !isReference(id)) return NONE
    const { trust } = this.#column
    return trust === 'shared'
      ? { externalId: null, reference: id }
      : { externalId: id, idTrust: trust }
  }

  /** Exports have an id in every row, however little it looks like one. */
  #ofExport(id: string, cells: string[]): Ids {
    const ownId = this.#ownColumn === null ? id : lineOf(cells[this.#ownColumn] ?? '')
    const externalId = id === '' || id === ownId ? null : id
    if (isOwnId(ownId)) return { externalId, ownId, accountIsOwn: true }
    return { externalId: id || null, accountIsOwn: true }
  }
}
