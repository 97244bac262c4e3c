import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import Import from '#transactions/models/import'
import { ImportRowList } from '#transactions/queries/import_row_list'
import ImportRowTransformer, {
  importRowSchema,
} from '#transactions/transformers/import_row_transformer'
import { importRowsValidator } from '#transactions/validators/import_validators'

const inFileOrder = new Keyset({ number: 'integer' })

@inject()
export default class ImportRowsController {
  constructor(protected rows: ImportRowList) {}

  @operation({
    summary: 'What became of each row',
    request: { query: importRowsValidator },
    responses: { 200: list(importRowSchema) },
  })
  async index({ caller, params, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor, verdict } = await request.validateUsing(importRowsValidator)
    const after = inFileOrder.after(cursor)?.number
    const [rows] = await caller.read((reader) =>
      Promise.all([
        this.rows.handle(reader, { importId: params.id, verdict }, limit + 1, after),
        recordOf(reader, Import, params.id),
      ])
    )
    const { data, meta } = inFileOrder.page(rows, limit)
    return { data: ImportRowTransformer.transform(data), meta }
  }
}
