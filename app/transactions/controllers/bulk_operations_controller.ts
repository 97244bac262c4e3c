import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { array, enumOf, id, integer, object, oneOf, text, type Schema } from '#core/openapi/schema'
import ApplyOperations, { type Operation } from '#transactions/actions/apply_operations'
import { ifEachMatches, tagOf } from '#transactions/controllers/send_transaction'
import type { TransactionRow } from '#transactions/queries/transaction_rows'
import TransactionTransformer, {
  transactionSchema,
} from '#transactions/transformers/transaction_transformer'
import { bulkValidator } from '#transactions/validators/bulk_validator'

const STATUS = { create: 201, update: 200, delete: 204 }

const position = integer({ description: 'Of the operation, from 0' })

const resultsSchema = object({
  results: array(
    oneOf<Schema<unknown>>(
      object({
        index: position,
        op: enumOf(['create', 'update']),
        status: integer({ enum: [201, 200] }),
        etag: text({ description: 'For `ifMatch`, or `If-Match`' }),
        transaction: transactionSchema,
      }),
      object({ index: position, op: enumOf(['delete']), status: integer({ const: 204 }), id: id() })
    )
  ),
})

@inject()
export default class BulkOperationsController {
  constructor(protected applyOperations: ApplyOperations) {}

  @operation({
    summary: 'Change many transactions',
    description: [
      'Up to 500 creations, changes and deletions, all of them or none: the first that is refused',
      'refuses the whole, and `errors` names it (`operations.3.amount`). The same rules hold as',
      'for the calls one by one; `ifMatch` of an operation is what `If-Match` is there. Each',
      'transaction is named once. Deletions take effect first and creations last. `results` has',
      'an answer for each operation, in their order.',
    ].join('\n'),
    request: { body: bulkValidator },
    responses: { 200: resultsSchema },
    errors: ['NotFound', 'Conflict', 'Reconciled', 'PreconditionFailed'],
    idempotent: true,
  })
  async store({ auth, request }: HttpContext) {
    const { operations } = await request.validateUsing(bulkValidator)
    const rows = await this.applyOperations.handle({
      actor: auth.getUserOrFail(),
      operations: operations.map(toOperation),
      precondition: ifEachMatches(operations),
    })
    return { results: operations.map((each, index) => resultOf(each, index, rows[index])) }
  }
}

type Given = Awaited<ReturnType<(typeof bulkValidator)['validate']>>['operations'][number]

function toOperation(given: Given): Operation {
  if (given.op !== 'update') return given
  const { op, id: transactionId, ifMatch, ...changes } = given
  return { op, id: transactionId, changes }
}

function resultOf(given: Given, index: number, row: TransactionRow | null) {
  const result = { index, op: given.op, status: STATUS[given.op] }
  if (given.op === 'delete') return { ...result, id: given.id }
  return { ...result, etag: tagOf(row!), transaction: TransactionTransformer.transform(row!) }
}
