import { Transformer } from '#core/http/transformer'
import * as s from '#core/openapi/schema'
import type File from '#files/models/file'

export const fileSchema = s.resource('File', {
  id: s.id(),
  name: s.text({ description: 'As it was uploaded, without a path and control characters' }),
  mimeType: s.text({
    description: 'By what the file begins with, whatever the client called it',
    examples: ['application/pdf'],
  }),
  size: s.integer({ description: 'In bytes' }),
  sha256: s.text({ pattern: '^[0-9a-f]{64}$' }),
  createdAt: s.instant(),
})

export default class FileTransformer extends Transformer<File> {
  toObject() {
    const file = this.resource
    return {
      id: file.id,
      name: file.name,
      mimeType: file.mimeType,
      size: file.size,
      sha256: file.digest.toString('hex'),
      createdAt: file.createdAt.toUTC().toISO()!,
    }
  }
}
