import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
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
  async index({ auth, params, request, serialize }: HttpContext) {
    const { limit = PAGE_SIZE, cursor, verdict } = await request.validateUsing(importRowsValidator)
    const after = inFileOrder.after(cursor)?.number
    const userId = auth.getUserOrFail().id
    await tenant.transaction(userId, (trx) => Import.findOrFail(params.id, { client: trx }))
    const rows = await tenant.read(userId, (reader) =>
      this.rows.handle(reader, { importId: params.id, verdict }, limit + 1, after)
    )
    const { data, meta } = inFileOrder.page(rows, limit)
    return { data: await serialize(ImportRowTransformer.transform(data)), meta }
  }
}
