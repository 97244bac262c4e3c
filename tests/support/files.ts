import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import drive from '@adonisjs/drive/services/main'
import env from '#start/env'
import type { ApiClient } from '@japa/api-client'
import { tenant } from '#core/database/tenant'
import type { Folder } from '#core/storage/keys'
import File from '#files/models/file'
import type User from '#users/models/user'

export const PATH = '/api/v1/files'

export const PDF = Buffer.from('%PDF-1.7\n% a receipt\n%%EOF\n')

const root = env.get('DRIVE_ROOT') ?? app.makePath('tmp/storage')

/** Uploads a file as a client does. */
export function uploadFile(
  client: ApiClient,
  user: User,
  content: Buffer = PDF,
  { name = 'receipt.pdf', claimed = 'application/pdf' } = {}
) {
  return client
    .post(PATH)
    .loginAs(user)
    .file('file', content, { filename: name, contentType: claimed })
}

/** The id of a file that has just been uploaded. */
export async function uploaded(...parameters: Parameters<typeof uploadFile>): Promise<string> {
  const response = await uploadFile(...parameters)
  response.assertStatus(201)
  return response.body().id
}

/** The names under which bytes of a user lie on the disk. */
export async function kept(user: Pick<User, 'id'>, folder: Folder = 'files'): Promise<string[]> {
  return readdir(join(root, folder, user.id)).catch(() => [])
}

/** The bytes of a file as they lie on the disk. */
export async function bytesOnDisk(user: Pick<User, 'id'>, id: string) {
  const { key } = await tenant.transaction(user.id, (trx) => File.findOrFail(id, { client: trx }))
  return readFile(join(root, key))
}

/** Puts bytes under a key, as a process would that died before it wrote the row. */
export async function leaveBehind(key: string) {
  await drive.use().put(key, PDF)
}
