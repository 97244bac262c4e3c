import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Keyset, PAGE_SIZE } from '#core/http/pagination'
import { operation } from '#core/openapi/operation'
import { day, integer, list, object, text } from '#core/openapi/schema'
import { PayeeList } from '#transactions/queries/payee_list'
import { listPayeesValidator } from '#transactions/validators/payee_validators'

const mostUsedFirst = new Keyset({ count: 'integer', payee: 'text' })

@inject()
export default class PayeesController {
  constructor(protected payees: PayeeList) {}

  @operation({
    summary: 'List payees',
    description:
      'For completion while somebody types: most used first; `q` stands anywhere in the name.',
    request: { query: listPayeesValidator },
    responses: { 200: list(object({ payee: text(), count: integer(), lastUsedOn: day() })) },
  })
  async index({ caller, request }: HttpContext) {
    const { limit = PAGE_SIZE, cursor, q } = await request.validateUsing(listPayeesValidator)
    const after = mostUsedFirst.after(cursor)
    const rows = await this.payees.handle(await caller.ledger(), { q, limit: limit + 1, after })
    return mostUsedFirst.page(rows, limit)
  }
}
