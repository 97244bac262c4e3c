import { errors } from '@vinejs/vine'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { recordOf } from '#core/database/records'
import { readMultipart } from '#core/http/body/multipart'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { ValidationFailed } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import { boolean, enumOf, file, id, list, text } from '#core/openapi/schema'
import StartImport from '#transactions/actions/start_import'
import { readMapping } from '#transactions/controllers/read_mapping'
import { STATEMENT_FORMATS } from '#transactions/domain/statements/formats'
import Import from '#transactions/models/import'
import { ImportList } from '#transactions/queries/import_list'
import { importFiles, type StoredFile } from '#transactions/services/import_files'
import ImportTransformer, { importSchema } from '#transactions/transformers/import_transformer'
import { importValidator, listImportsValidator } from '#transactions/validators/import_validators'
import type User from '#users/models/user'

const IMPORT = `
Answers before a row is read; ask for the import to see how far it is.

A row is a duplicate, and changes nothing, when the ledger has a transaction of the same bank id on the
same account (\`externalId\`), though not of another day or amount where a column is only guessed to hold
ids; when it is one of your own transactions, as in an export (\`ownId\`); without a bank id, when account, day, amount and texts are those of a
transaction, counting equal rows of one file (\`fingerprint\`); when you deleted what it once became
(\`deleted\`). However a transaction was changed since, it stays the one its row became.

With \`dryRun\` nothing is booked. Look at its rows, override verdicts, and confirm it: the import then
starts from the same file.
`

const newestFirst = new Keyset({ id: 'uuid' })

const upload = {
  type: 'object',
  required: ['file', 'accountId'],
  properties: {
    file: file(),
    accountId: id({ description: 'Rows go here unless their account column names another' }),
    format: enumOf(STATEMENT_FORMATS, {
      description:
        'Detected by content unless given: CSV of any layout; OFX 1 and 2, QFX; QIF; CAMT.052, ' +
        '.053 and .054 of any version; MT940. UTF-8, UTF-16, Latin-1 and Windows-125x. A file that ' +
        'is something else fails with the code `format`.',
    }),
    mapping: text({
      description:
        'JSON: field → header, and dateFormat, decimal, delimiter, encoding, positive, createMissing',
    }),
    profileId: id({
      description:
        'Whose mapping is taken; without it and without a mapping, that of the profile the ' +
        'account has for this header',
    }),
    saveProfile: boolean({
      description: 'Keep the mapping as a profile once the import is completed',
    }),
    dryRun: boolean({ description: 'The same verdicts, and nothing is booked' }),
    restoreDeleted: boolean({
      description: 'Books again what was imported before and deleted by hand since',
    }),
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
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor } = await request.validateUsing(listImportsValidator)
    const before = newestFirst.after(cursor)?.id
    const rows = await caller.read((reader) => this.imports.handle(reader, limit + 1, before))
    const { data, meta } = newestFirst.page(rows, limit)
    return { data: ImportTransformer.transform(data), meta }
  }

  @operation({
    summary: 'Import a file',
    description: IMPORT,
    request: { multipart: upload },
    responses: { 202: importSchema },
    idempotent: true,
  })
  async store(ctx: HttpContext) {
    const actor = ctx.auth.getUserOrFail()
    const { file: stored, fields } = await readMultipart(ctx, {
      fileField: 'file',
      fields: [
        'accountId',
        'format',
        'mapping',
        'profileId',
        'saveProfile',
        'dryRun',
        'restoreDeleted',
      ],
      onFile: (bytes, { name }) => importFiles.store(actor.id, bytes, name),
      onDiscard: ({ key }) => importFiles.discard(key),
    })

    const record = await this.#start(actor, stored, fields)
    ctx.response.header('location', `/api/v1/transactions/imports/${record.id}`)
    return ctx.response.accepted(ImportTransformer.transform(record))
  }

  @operation({ summary: 'An import', responses: { 200: importSchema } })
  async show({ caller, params }: HttpContext) {
    const record = await caller.read((reader) => recordOf(reader, Import, params.id))
    return ImportTransformer.transform(record)
  }

  /** A refused file is not kept. After any other error the import may have been taken in. */
  async #start(actor: User, stored: StoredFile, fields: Record<string, string>) {
    try {
      const { mapping, ...plain } = fields
      const { saveProfile, dryRun, restoreDeleted, ...stated } =
        await importValidator.validate(plain)
      return await this.startImport.handle({
        actor,
        file: stored,
        ...stated,
        mapping: await readMapping(mapping),
        saveProfile: saveProfile === 'true',
        dryRun: dryRun === 'true',
        restoreDeleted: restoreDeleted === 'true',
      })
    } catch (error) {
      const isRefused =
        error instanceof ValidationFailed || error instanceof errors.E_VALIDATION_ERROR
      if (isRefused) await importFiles.discard(stored.key)
      throw error
    }
  }
}
