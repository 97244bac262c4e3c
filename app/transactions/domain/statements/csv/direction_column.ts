import type { CsvColumns } from '#transactions/domain/statements/csv/columns'
import { directionOf } from '#transactions/domain/statements/csv/direction'
import { headerRank } from '#transactions/domain/statements/csv/header_names'
import { isSigned } from '#transactions/domain/statements/csv/signs'

type Rows = readonly string[][]

/**
 * The column whose words say the sign of amounts that have none: one that is
 * named so and mostly holds such words, or one that holds nothing else.
 * Undefined where amounts are signed or come in two columns.
 */
export function directionBeside(
  { amount, direction }: CsvColumns,
  headers: readonly string[],
  rows: Rows
): number | undefined {
  if (amount === undefined || isSigned(rows.map((row) => row[amount] ?? ''))) return undefined
  if (direction !== undefined) return direction
  const columns = [...(rows[0]?.keys() ?? [])]
  const named = columns.find(
    (column) =>
      headerRank(headers[column] ?? '', 'direction') !== undefined && saysMostly(column, rows)
  )
  return named ?? directionColumn(columns, rows)
}

/** The first column of which every cell says in or out, and some say each. */
export function directionColumn(columns: readonly number[], rows: Rows): number | undefined {
  return columns.find((column) => {
    const directions = rows.map((row) => directionOf(row[column] ?? ''))
    return (
      [1, -1].every((each) => directions.some((direction) => direction === each)) &&
      directions.every((direction) => direction !== undefined)
    )
  })
}

function saysMostly(column: number, rows: Rows): boolean {
  const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '')
  const known = cells.filter((cell) => directionOf(cell) !== undefined)
  return known.length > 0 && known.length >= cells.length / 2
}
