import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { bodies } from '#config/bodyparser'
import { recordOf } from '#core/database/records'
import { readMultipart } from '#core/http/body/multipart'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { file, list } from '#core/openapi/schema'
import { storedBytes } from '#core/storage/stored_bytes'
import DeleteFile from '#files/actions/delete_file'
import KeepFile from '#files/actions/keep_file'
import File from '#files/models/file'
import { FileList } from '#files/queries/file_list'
import { keepUpload } from '#files/services/uploads'
import FileTransformer, { fileSchema } from '#files/transformers/file_transformer'
import { listFilesValidator } from '#files/validators/file_validators'

const newestFirst = new Keyset({ id: 'uuid' })

const upload = { type: 'object', required: ['file'], properties: { file: file() } }

@inject()
export default class FilesController {
  constructor(
    protected files: FileList,
    protected keepFile: KeepFile,
    protected deleteFile: DeleteFile
  ) {}

  @operation({
    summary: 'List files',
    request: { query: listFilesValidator },
    responses: { 200: list(fileSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listFilesValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) => this.files.handle(reader, limit + 1, before))
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: FileTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Upload a file',
    description:
      'PDF, PNG, JPEG, GIF, TIFF, WebP, HEIC, ZIP (office documents too) and text, up to 100 MiB. What it is, is told by its content.',
    request: { multipart: upload },
    responses: { 201: fileSchema },
    idempotent: true,
  })
  async store(ctx: HttpContext) {
    const actor = ctx.auth.getUserOrFail()
    const { file: kept } = await readMultipart(ctx, {
      fileField: 'file',
      maxFileBytes: bodies.document,
      onFile: (bytes, { name }) => keepUpload(actor.id, bytes, name),
      onDiscard: ({ key }) => storedBytes.discard(key),
    })
    const record = await this.keepFile.handle({ actor, upload: kept })
    ctx.response.header('location', `/api/v1/files/${record.id}`)
    return ctx.response.created(FileTransformer.transform(record))
  }

  @operation({ summary: 'A file', responses: { 200: fileSchema } })
  async show({ caller, params }: HttpContext) {
    const record = await caller.read((reader) => recordOf(reader, File, params.id))
    return FileTransformer.transform(record)
  }

  @operation({
    summary: 'Delete a file',
    description: 'It is gone at once; its bytes leave storage a moment later.',
    responses: { 204: null },
  })
  async destroy({ auth, params, response }: HttpContext) {
    await this.deleteFile.handle({ actor: auth.getUserOrFail(), id: params.id })
    return response.noContent()
  }
}
