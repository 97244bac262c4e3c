import drive from '@adonisjs/drive/services/main'
import { folderOf, folders, keysBelow } from '#core/storage/keys'

/**
 * Deletes every byte that is kept for a user, whether a row knows of it or not.
 * S3 answers with success when it could not delete some of many, so it is asked
 * again what is there.
 *
 * @throws Error when something is left
 */
export async function eraseBytesOf(userId: string): Promise<void> {
  for (const folder of folders.map((name) => folderOf(name, userId))) {
    await drive.use().deleteAll(folder)
    for await (const key of keysBelow(folder)) throw new Error(`${key} could not be deleted`)
  }
}
