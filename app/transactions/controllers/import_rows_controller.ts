import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { readerOf } from '#core/database/connection_of'
import { recordOf } from '#core/database/records'
import { etag, ifMatch, sendWithEtag } from '#core/http/etag'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { NotFound } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import { list } from '#core/openapi/schema'
import OverrideRow from '#transactions/actions/override_row'
import Import from '#transactions/models/import'
import { type ImportRow, ImportRowList } from '#transactions/queries/import_row_list'
import ImportRowTransformer, {
  importRowSchema,
} from '#transactions/transformers/import_row_transformer'
import {
  importRowParams,
  importRowsValidator,
  overrideValidator,
} from '#transactions/validators/import_validators'

const OVERRIDE = `
Of an import it takes effect at once. A duplicate is booked after all, as another transaction than the one
it was taken for, so importing the file again still adds nothing. An imported row becomes a duplicate of
\`transactionId\`: what it was booked as goes, and when it comes again it is known as that one. Counts
follow, and taking the import back takes back what an override booked.

Of a dry run it is remembered, and done by the import that its confirmation starts. A rejected row is
corrected in rejected.csv and uploaded again.
`

const inFileOrder = new Keyset({ number: 'integer' })

@inject()
export default class ImportRowsController {
  constructor(
    protected rows: ImportRowList,
    protected overrideRow: OverrideRow
  ) {}

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

  @operation({
    summary: 'A row of an import',
    request: { params: importRowParams },
    responses: { 200: importRowSchema },
    etag: true,
  })
  async show(ctx: HttpContext) {
    return this.#send(ctx)
  }

  @operation({
    summary: 'Override a verdict',
    description: OVERRIDE,
    request: { params: importRowParams, body: overrideValidator },
    responses: { 200: importRowSchema },
    errors: ['Conflict', 'Reconciled'],
    etag: true,
  })
  async update(ctx: HttpContext) {
    const { id: importId, number } = ctx.params
    await this.overrideRow.handle({
      actor: ctx.auth.getUserOrFail(),
      importId,
      number,
      ...(await ctx.request.validateUsing(overrideValidator)),
      precondition: ifMatch(ctx.request, async (row, trx) => {
        return tagOf((await this.rows.one(readerOf(trx), importId, row.number))!)
      }),
    })
    return this.#send(ctx)
  }

  async #send(ctx: HttpContext) {
    const { id: importId, number } = ctx.params
    const row = await ctx.caller.read((reader) => this.rows.one(reader, importId, number))
    if (!row) throw new NotFound()
    const body = ImportRowTransformer.transform(row)
    return sendWithEtag(ctx, tagOf(row), body)
  }
}

function tagOf({ number, verdict, rule, transactionId }: ImportRow) {
  return etag(number, verdict, rule, transactionId)
}
