import { isOwnExport } from '#transactions/domain/exports/own_export'
import type { IdColumn } from '#transactions/domain/statements/csv/id_column'
import { isReference } from '#transactions/domain/statements/draft'
import type { Draft } from '#transactions/domain/statements/read_row'
import { lineOf } from '#transactions/domain/statements/texts'

type Ids = Pick<Draft, 'externalId' | 'idTrust' | 'reference' | 'ownId'>

const NONE: Ids = { externalId: null }

/** What a row of a CSV is recognised by beside its content. */
export class RowIds {
  readonly #column: IdColumn | null
  readonly #isOwn: boolean

  constructor(column: IdColumn | null, headers: readonly string[] | null) {
    this.#column = column
    this.#isOwn = isOwnExport(headers)
  }

  /** Exports of Finora's own have an id in every row, however little it looks like one. */
  of(cells: string[]): Ids {
    if (this.#column === null) return NONE
    const { index, trust } = this.#column
    const id = lineOf(cells[index] ?? '')
    if (this.#isOwn) return { externalId: id || null }
    if (!isReference(id)) return NONE
    return trust === 'shared'
      ? { externalId: null, reference: id }
      : { externalId: id, idTrust: trust }
  }
}
