import { randomUUIDv7 } from 'node:crypto'
import drive from '@adonisjs/drive/services/main'

/** What Finora keeps of users on the default disk, each in folders of their own. */
export const folders = ['files', 'imports'] as const

export type Folder = (typeof folders)[number]

/** Where one user's bytes of a kind lie. */
export function folderOf(folder: Folder, userId: string) {
  return `${folder}/${userId}`
}

/** A key nobody has had before. It tells its age, and nothing about what is kept there. */
export function newKey(folder: Folder, userId: string) {
  return `${folderOf(folder, userId)}/${randomUUIDv7()}`
}

/** When a key was made, by the clock of whoever made it: UUIDv7 begins with it. */
export function madeAt(key: string): Date {
  const id = key.slice(key.lastIndexOf('/') + 1)
  return new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
}

/** Every key below a folder, page after page. */
export async function* keysBelow(folder: string): AsyncGenerator<string> {
  for (let paginationToken: string | undefined; ;) {
    const page = await list(folder, paginationToken)
    for (const object of page.objects) if (object.isFile) yield object.key
    paginationToken = page.paginationToken
    if (!paginationToken) return
  }
}

/** S3 lists what begins alike; a folder on a disk has to be there. */
async function list(folder: string, paginationToken?: string) {
  try {
    return await drive.use().listAll(folder, { recursive: true, paginationToken })
  } catch (error) {
    const reason = (error as Error).cause as { code?: string } | undefined
    if (reason?.code !== 'ENOENT') throw error
    return { objects: [], paginationToken: undefined }
  }
}
