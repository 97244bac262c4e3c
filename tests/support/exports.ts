import { randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import GatherExport from '#files/actions/gather_export'
import { keepPersonalArchive } from '#files/services/personal_archive'
import type User from '#users/models/user'

/** All data of a user as an export has it, without a trace that it was made. */
export async function exportOf(user: Pick<User, 'id'>): Promise<Buffer> {
  const key = `tests/${randomUUIDv7()}`
  await keepPersonalArchive(user.id, key)
  const archive = Buffer.from(await drive.use().getBytes(key))
  await drive.use().delete(key)
  return archive
}

/** Does what the worker does with an export that was asked for. */
export async function gather(user: Pick<User, 'id'>, exportId: string) {
  const gatherExport = await app.container.make(GatherExport)
  await gatherExport.handle({ userId: user.id, exportId })
}

/** The files of an archive, each checked against its checksum. */
export async function unzip(archive: Buffer): Promise<Record<string, Buffer>> {
  const reader = new ZipReader(new Uint8ArrayReader(archive), { checkSignature: true })
  const contents: Record<string, Buffer> = {}
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue
    contents[entry.filename] = Buffer.from(await entry.getData(new Uint8ArrayWriter()))
  }
  return contents
}

/** The rows of one table in an archive. */
export function rowsIn(contents: Record<string, Buffer>, table: string) {
  return JSON.parse(contents[`data/${table}.json`].toString('utf8'))
}
