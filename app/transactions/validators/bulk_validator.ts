import vine from '@vinejs/vine'
import { id } from '#core/http/rules'
import { booking, changes } from '#transactions/validators/transaction_validators'

/** How many operations one request has at most. */
const MOST = 500

const ifMatch = () => vine.string().maxLength(100).optional()

/** True for an object of this operation; what the branches of the union are told by. */
const isA = (op: string) => (value: unknown) => vine.helpers.isObject(value) && value.op === op

const operation = () =>
  vine
    .union([
      vine.union.if(isA('create'), vine.object({ op: vine.literal('create'), ...booking() })),
      vine.union.if(
        isA('update'),
        vine.object({ op: vine.literal('update'), id: id(), ifMatch: ifMatch(), ...changes() })
      ),
      vine.union.if(
        isA('delete'),
        vine.object({ op: vine.literal('delete'), id: id(), ifMatch: ifMatch() })
      ),
    ])
    .otherwise((_, field) => {
      field.report('The op must be create, update or delete', 'op', field)
    })

export const bulkValidator = vine.create({
  operations: vine.array(operation()).minLength(1).maxLength(MOST),
})
