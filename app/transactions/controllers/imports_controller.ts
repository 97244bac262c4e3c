import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
import { readMultipart } from '#core/http/body/multipart'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { boolean, enumOf, file, id, list, text } from '#core/openapi/schema'
import StartImport from '#transactions/actions/start_import'
import { readMapping } from '#transactions/controllers/read_mapping'
import Import, { IMPORT_FORMATS } from '#transactions/models/import'
import { ImportList } from '#transactions/queries/import_list'
import { importFiles } from '#transactions/services/import_files'
import ImportTransformer, { importSchema } from '#transactions/transformers/import_transformer'
import { importValidator, listImportsValidator } from '#transactions/validators/import_validators'

const newestFirst = new Keyset({ id: 'uuid' })

const upload = {
  type: 'object',
  required: ['file', 'accountId'],
  properties: {
    file: file(),
    accountId: id({ description: 'Rows go here unless their account column names another' }),
    format: enumOf(IMPORT_FORMATS, { description: 'Detected unless given' }),
    mapping: text({
      description:
        'JSON: field → header, and dateFormat, decimal, delimiter, encoding, createMissing',
    }),
    dryRun: boolean({ description: 'The same verdicts, and nothing is booked' }),
  },
}

@inject()
export default class ImportsController {
  constructor(
    protected imports: ImportList,
    protected startImport: StartImport
  ) {}

  @operation({
    summary: 'List imports',
    request: { query: listImportsValidator },
    responses: { 200: list(importSchema) },
  })
  async index({ auth, request, serialize }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listImportsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await tenant.transaction(auth.getUserOrFail().id, (trx) =>
      this.imports.handle(trx, limit + 1, before)
    )
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: await serialize(ImportTransformer.transform(data)), meta }
  }

  @operation({
    summary: 'Import a file',
    description: 'Answers before a row is read; ask for the import to see how far it is.',
    request: { multipart: upload },
    responses: { 202: importSchema },
    idempotent: true,
  })
  async store(ctx: HttpContext) {
    const actor = ctx.auth.getUserOrFail()
    const { file: stored, fields } = await readMultipart(ctx, {
      fileField: 'file',
      fields: ['accountId', 'format', 'mapping', 'dryRun'],
      onFile: (bytes, { name }) => importFiles.store(actor.id, bytes, name),
      onDiscard: ({ key }) => importFiles.discard(key),
    })

    try {
      const { mapping: mappingText, ...plain } = fields
      const { accountId, format = 'csv', dryRun } = await importValidator.validate(plain)
      const record = await this.startImport.handle({
        actor,
        file: stored,
        accountId,
        format,
        mapping: await readMapping(mappingText),
        dryRun: dryRun === 'true',
      })
      ctx.response.header('location', `/api/v1/transactions/imports/${record.id}`)
      return ctx.response.accepted(await this.#shown(ctx, record.id))
    } catch (error) {
      await importFiles.discard(stored.key)
      throw error
    }
  }

  @operation({ summary: 'An import', responses: { 200: importSchema } })
  async show(ctx: HttpContext) {
    return this.#shown(ctx, ctx.params.id)
  }

  async #shown({ auth, serialize }: HttpContext, importId: string) {
    const record = await tenant.transaction(auth.getUserOrFail().id, (trx) =>
      Import.findOrFail(importId, { client: trx })
    )
    return serialize(ImportTransformer.transform(record))
  }
}
