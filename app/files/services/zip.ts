import { PassThrough, Readable, Writable } from 'node:stream'
import { ZipWriter } from '@zip.js/zip.js'

/** One file of an archive: its bytes are asked for when its turn comes. */
export interface ZipEntry {
  path: string
  open: () => AsyncIterable<Buffer | string> | Promise<AsyncIterable<Buffer | string>>
}

/** The same content is the same bytes: no clock, no zone, no platform shows. */
const OPTIONS = {
  lastModDate: new Date(1980, 0, 1),
  extendedTimestamp: false,
  useWebWorkers: false,
  level: 6,
}

/** A ZIP archive of these entries, written as it is read. */
export function zipOf(entries: AsyncIterable<ZipEntry>): Readable {
  const archive = new PassThrough()
  write(entries, archive).catch((error) => archive.destroy(error))
  return archive
}

async function write(entries: AsyncIterable<ZipEntry>, archive: Writable) {
  const writer = new ZipWriter(Writable.toWeb(archive) as WritableStream, OPTIONS)
  for await (const { path, open } of entries) {
    const bytes = Readable.from(await open(), { objectMode: false })
    await writer.add(path, Readable.toWeb(bytes) as ReadableStream)
  }
  await writer.close()
}
