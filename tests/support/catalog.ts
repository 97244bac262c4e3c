import db from '@adonisjs/lucid/services/db'

/** What Postgres itself says about the schema, asked as its owner. */
export async function catalog<Row>(sql: string, values: string[] = []): Promise<Row[]> {
  const { rows } = await db.connection('owner').rawQuery(sql, values)
  return rows
}

/** Every table that holds a user's data, and the column that says whose. */
export async function userTables(): Promise<{ name: string; owner: string }[]> {
  return catalog(`
    SELECT c.relname AS name, CASE c.relname WHEN 'users' THEN 'id' ELSE 'user_id' END AS owner
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND (c.relname = 'users' OR EXISTS (
      SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped
    )) ORDER BY 1`)
}

export async function userTableNames() {
  const tables = await userTables()
  return tables.map(({ name }) => name)
}
