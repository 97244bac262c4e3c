import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
import { operation } from '#core/openapi/operation'
import { id, resource } from '#core/openapi/schema'
import RecordTransfer from '#transactions/actions/record_transfer'
import { TransactionRows } from '#transactions/queries/transaction_rows'
import TransactionTransformer, {
  transactionSchema,
} from '#transactions/transformers/transaction_transformer'
import { transferValidator } from '#transactions/validators/transaction_validators'

const transferSchema = resource('Transfer', {
  transferId: id(),
  from: transactionSchema,
  to: transactionSchema,
})

@inject()
export default class TransfersController {
  constructor(
    protected recordTransfer: RecordTransfer,
    protected rows: TransactionRows
  ) {}

  @operation({
    summary: 'Record a transfer',
    description:
      'Two linked transactions or none; deleting one deletes both. Between currencies `toAmount` says what arrives.',
    request: { body: transferValidator },
    responses: { 201: transferSchema },
    idempotent: true,
  })
  async store({ auth, request, response }: HttpContext) {
    const actor = auth.getUserOrFail()
    const { transferId, from, to } = await this.recordTransfer.handle({
      actor,
      ...(await request.validateUsing(transferValidator)),
    })
    const rows = await tenant.read(actor.id, (reader) => this.rows.handle(reader, [from.id, to.id]))
    const shown = (leg: { id: string }) =>
      TransactionTransformer.transform(rows.find((row) => row.id === leg.id)!)
    return response.created({ transferId, from: shown(from), to: shown(to) })
  }
}
