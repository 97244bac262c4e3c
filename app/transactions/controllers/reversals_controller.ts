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
      'The ledger is what it was before: every transaction the import created goes, changed by hand since or not, and what accepted proposals merged or linked because of it is restored. Importing the file again brings them all back, those deleted by hand included. Its rows keep their verdicts. Refused while one of these transactions is reconciled: `detail` names them. If that happens between the request and the reversal, nothing is taken back and `reversalError` of the import says so.',
    responses: { 202: importSchema },
    errors: ['Conflict', 'Reconciled'],
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
