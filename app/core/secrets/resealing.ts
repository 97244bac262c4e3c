import { system } from '#core/database/system'
import { UnopenableValue, type SealedColumn, type SealingKey } from '#core/secrets/sealed_column'

/** Rows locked at a time: a user's own change waits for no longer than they take. */
const BATCH = 200

/**
 * Seals columns anew with one key, as the system role and beside whatever else
 * goes on. Values that can't be opened stay as they are and are counted.
 */
export class Resealing {
  constructor(
    private columns: SealedColumn[],
    private key: SealingKey
  ) {}

  async handle() {
    const outcome = { resealed: 0, unopenable: 0 }
    for (const column of this.columns) await this.#reseal(column, outcome)
    return outcome
  }

  /** How many values are sealed with this other key. */
  async countOf({ id }: SealingKey) {
    let count = 0
    for (const { table, column } of this.columns.map(({ place }) => place)) {
      const sql = `SELECT count(*)::int AS count FROM ${table} WHERE ${keyIdIn(column)} = ?`
      const { rows } = await system.transaction((trx) => trx.rawQuery(sql, [bytes(id)]))
      count += rows[0].count
    }
    return count
  }

  async #reseal(column: SealedColumn, outcome: { resealed: number; unopenable: number }) {
    let after: string[] | undefined
    do {
      const batch = await this.#batch(column, after)
      outcome.resealed += batch.resealed
      outcome.unopenable += batch.unopenable
      after = batch.last
    } while (after)
  }

  async #batch(column: SealedColumn, after?: string[]) {
    const { place } = column
    return system.transaction(async (trx) => {
      const beyond = after ? `AND (${place.row}) > (${place.row.map(() => '?::uuid')})` : ''
      const { rows } = await trx.rawQuery(
        `SELECT ARRAY[${place.row.map((name) => `${name}::text`)}] AS row, ${place.column} AS value
         FROM ${place.table} WHERE ${keyIdIn(place.column)} <> ? ${beyond}
         ORDER BY ${place.row} LIMIT ${BATCH} FOR UPDATE`,
        [bytes(this.key.id), ...(after ?? [])]
      )

      let resealed = 0
      for (const { row, value } of rows as { row: string[]; value: Buffer }[]) {
        const plain = opened(column, value, row)
        if (!plain) continue
        await trx.rawQuery(
          `UPDATE ${place.table} SET ${place.column} = ? WHERE (${place.row}) = (${place.row.map(() => '?::uuid')})`,
          [column.seal(plain, row, this.key), ...row]
        )
        resealed++
      }
      const last: string[] | undefined = rows.length === BATCH ? rows.at(-1).row : undefined
      return { resealed, unopenable: rows.length - resealed, last }
    })
  }
}

/** The id of its key follows the first byte (core/secrets/sealed_column). */
function keyIdIn(column: string) {
  return `substring(${column} FROM 2 FOR 6)`
}

function bytes(hex: string) {
  return Buffer.from(hex, 'hex')
}

function opened(column: SealedColumn, value: Buffer, row: string[]) {
  try {
    return column.open(value, row)
  } catch (error) {
    if (error instanceof UnopenableValue) return null
    throw error
  }
}
