import { test } from '@japa/runner'
import { exported, notExported } from '#config/personal_data'
import { selectOf, type ExportedTable } from '#core/personal_data/exported'
import { catalog, userTables, userTableNames } from '#tests/support/catalog'

async function exportedTables(): Promise<ExportedTable[]> {
  const modules = await Promise.all(exported.map((load) => load()))
  return modules.flatMap((module) => module.default.tables)
}

async function columnsOf(table: string) {
  const rows = await catalog<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped`,
    [table]
  )
  return rows.map(({ name }) => name)
}

test.group('Personal data / catalog', () => {
  test('decides about every table', async ({ assert }) => {
    const tables = await exportedTables()

    assert.sameMembers(
      [...tables.map(({ table }) => table), ...Object.keys(notExported)],
      await userTableNames()
    )
  })

  test('decides about every column', async ({ assert }) => {
    const owners = await userTables()

    for (const table of await exportedTables()) {
      const { owner } = owners.find(({ name }) => name === table.table)!
      const selected = selectOf({ ...table, where: undefined, orderBy: '' })
      const isDecided = (column: string) =>
        column === owner ||
        column in (table.withheld ?? {}) ||
        new RegExp(`\\b${column}\\b`).test(selected.replaceAll(/"\w+"/g, ''))

      const columns = await columnsOf(table.table)
      assert.deepEqual(
        columns.filter((column) => !isDecided(column)),
        [],
        `${table.table}: export the column or say why not`
      )
    }
  })

  test('withholds only what is there', async ({ assert }) => {
    for (const { table, withheld = {} } of await exportedTables()) {
      assert.includeMembers(await columnsOf(table), Object.keys(withheld), table)
    }
  })
})
