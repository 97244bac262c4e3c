import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import ConfirmDryRun from '#transactions/actions/confirm_dry_run'
import ImportTransformer, { importSchema } from '#transactions/transformers/import_transformer'

@inject()
export default class ConfirmationsController {
  constructor(protected confirmDryRun: ConfirmDryRun) {}

  @operation({
    summary: 'Import what a dry run has shown',
    description:
      'Starts the import of the same file with the same settings, and does with its rows what was said of them. A dry run is confirmed once; later confirmations answer with the same import.',
    responses: { 202: importSchema },
    errors: ['Conflict'],
    idempotent: true,
  })
  async store({ auth, params, response }: HttpContext) {
    const record = await this.confirmDryRun.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
    })
    response.header('location', `/api/v1/transactions/imports/${record.id}`)
    return response.accepted(ImportTransformer.transform(record))
  }
}
