import type { ApiClient } from '@japa/api-client'
import type { ExportName } from '#transactions/transformers/export_formats'
import type User from '#users/models/user'

export const EXPORT = '/api/v1/transactions/export'

/** The whole file a client gets that asks for it. */
export async function exported(
  client: ApiClient,
  user: User,
  query: { format?: ExportName; bom?: boolean; [filter: string]: unknown } = {}
): Promise<string> {
  const response = await client.get(EXPORT).qs(query).loginAs(user)
  response.assertStatus(200)
  return response.text() ?? (response.body() as Buffer).toString('utf8')
}

/** Cells by column, of every line but the first. */
export function cellsOf(csv: string): Record<string, string>[] {
  const [headers, ...rows] = [...linesOf(csv)]
  return rows.map((cells) => Object.fromEntries(headers.map((name, index) => [name, cells[index]])))
}

/** RFC 4180, read by nothing of Finora's. */
function* linesOf(csv: string): Generator<string[]> {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let cells: string[] = []
  for (let match = cell.exec(csv); match; match = cell.exec(csv)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2])
    if (match[3] === ',') continue
    yield cells
    cells = []
  }
}
