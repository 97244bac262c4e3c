import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import RequestExport from '#files/actions/request_export'
import Export from '#files/models/export'
import { ExportList } from '#files/queries/export_list'
import ExportTransformer, { exportSchema } from '#files/transformers/export_transformer'
import { listExportsValidator } from '#files/validators/file_validators'

const newestFirst = new Keyset({ id: 'uuid' })

@inject()
export default class ExportsController {
  constructor(
    protected exports: ExportList,
    protected requestExport: RequestExport
  ) {}

  @operation({
    summary: 'List exports of your data',
    request: { query: listExportsValidator },
    responses: { 200: list(exportSchema) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listExportsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) => this.exports.handle(reader, limit + 1, before))
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: ExportTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Export all your data',
    description:
      'A ZIP with everything as JSON and CSV, and your files, arrives in `/files` and stays for seven days. Poll `Location` until it is completed. While one export is being made, asking again answers with that one.',
    responses: {
      202: { schema: exportSchema, headers: { Location: 'Where to ask how far it is' } },
    },
    idempotent: true,
  })
  async store({ auth, response }: HttpContext) {
    const record = await this.requestExport.handle({ actor: auth.getUserOrFail() })
    response.header('location', `/api/v1/users/me/exports/${record.id}`)
    return response.accepted(ExportTransformer.transform(record))
  }

  @operation({ summary: 'An export of your data', responses: { 200: exportSchema } })
  async show({ caller, params }: HttpContext) {
    const record = await caller.read((reader) => recordOf(reader, Export, params.id))
    return ExportTransformer.transform(record)
  }
}
