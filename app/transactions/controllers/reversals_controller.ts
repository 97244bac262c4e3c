import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import RequestReversal from '#transactions/actions/request_reversal'
import ImportTransformer, { importSchema } from '#transactions/transformers/import_transformer'

@inject()
export default class ReversalsController {
  constructor(protected requestReversal: RequestReversal) {}

  @operation({
    summary: 'Take an import back',
    description:
      'Every transaction it created goes; importing the file again brings them all back.',
    responses: { 202: importSchema },
    errors: ['Conflict'],
    idempotent: true,
  })
  async store({ auth, params, response }: HttpContext) {
    const record = await this.requestReversal.handle({
      actor: auth.getUserOrFail(),
      id: params.id,
    })
    return response.accepted(ImportTransformer.transform(record))
  }
}
