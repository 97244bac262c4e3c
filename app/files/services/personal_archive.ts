import drive from '@adonisjs/drive/services/main'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { exported } from '#config/personal_data'
import { batchesOf, snapshotOf } from '#core/database/snapshot'
import type { ExportedBytes } from '#core/personal_data/exported'
import { csvOf, jsonOf, readmeOf } from '#core/personal_data/exported_text'
import { storedBytes } from '#core/storage/stored_bytes'
import { zipOf, type ZipEntry } from '#files/services/zip'

/**
 * Writes everything a user has, as it is at this moment, into one ZIP in storage.
 * Rows come from one snapshot and pass through; nothing is held.
 */
export async function keepPersonalArchive(userId: string, key: string) {
  return snapshotOf(userId, (trx) => storedBytes.put(key, zipOf(entriesOf(trx))))
}

async function* entriesOf(trx: TransactionClientContract): AsyncGenerator<ZipEntry> {
  const modules = await Promise.all(exported.map((load) => load()))
  const parts = modules.map((module) => module.default)

  yield { path: 'README.txt', open: () => readable(readmeOf(parts)) }
  for (const table of parts.flatMap(({ tables }) => tables)) {
    yield { path: `data/${table.name}.json`, open: () => jsonOf(table, trx) }
    yield { path: `data/${table.name}.csv`, open: () => csvOf(table, trx) }
  }
  for (const { bytes } of parts) if (bytes) yield* storedEntries(bytes, trx)
}

async function* storedEntries(
  { folder, sql }: ExportedBytes,
  trx: TransactionClientContract
): AsyncGenerator<ZipEntry> {
  for await (const rows of batchesOf<{ key: string; path: string }>(sql, trx)) {
    for (const { key, path } of rows) {
      yield { path: `${folder}/${path}`, open: () => drive.use().getStream(key) }
    }
  }
}

async function* readable(text: string) {
  yield text
}
