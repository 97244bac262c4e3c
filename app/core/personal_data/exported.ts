/** A column as a person finds it: what Postgres is asked for, and what it says. */
export type ExportedColumn = [sql: string, about: string]

/** Rows of one table, as they appear in an export: `data/<name>.json` and `.csv`. */
export interface ExportedTable {
  name: string

  /** What a row is, for somebody who has never seen Finora from inside. */
  about: string

  /** The table of the database. */
  table: string

  columns: Record<string, ExportedColumn>

  /** Columns that are left out, and why. */
  withheld?: Record<string, string>

  /** Rows that take part; all unless given. */
  where?: string

  /** A key: the same rows come in the same order every time. */
  orderBy: string
}

/** Bytes that lie in storage: rows of `key` and `path`, below the folder of this name. */
export interface ExportedBytes {
  folder: string
  sql: string
}

/** What a module knows of a person. It is named in `config/personal_data.ts`. */
export interface PersonalData {
  tables: ExportedTable[]
  bytes?: ExportedBytes
}

export function selectOf({ table, columns, where, orderBy }: ExportedTable): string {
  const selected = Object.entries(columns).map(([name, [sql]]) => `${sql} AS "${name}"`)
  const filter = where ? `WHERE ${where}` : ''
  return `SELECT ${selected.join(', ')} FROM ${table} ${filter} ORDER BY ${orderBy}`
}
