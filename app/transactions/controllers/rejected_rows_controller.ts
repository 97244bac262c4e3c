import { Readable } from 'node:stream'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { tenant } from '#core/database/tenant'
import { Conflict } from '#core/http/problem'
import { operation } from '#core/openapi/operation'
import { text } from '#core/openapi/schema'
import { StatementRefused } from '#transactions/domain/statements/statement_refused'
import Account from '#wallet/models/account'
import Import from '#transactions/models/import'
import { RejectedRowsCsv } from '#transactions/queries/rejected_rows_csv'
import { layoutOf } from '#transactions/services/import_layout'

@inject()
export default class RejectedRowsController {
  constructor(protected rejectedRows: RejectedRowsCsv) {}

  @operation({
    summary: 'The rejected rows as CSV',
    description: 'In the columns of the file, to be corrected and uploaded again.',
    responses: { 200: { schema: text(), contentType: 'text/csv' } },
    errors: ['Conflict'],
  })
  async show({ caller, params, response }: HttpContext) {
    const user = await caller.user()
    const { record, account } = await tenant.transaction(user.id, async (trx) => {
      const found = await Import.findOrFail(params.id, { client: trx })
      return { record: found, account: await Account.find(found.accountId, { client: trx }) }
    })
    const stated = account ?? { currency: user.currency, type: 'other' as const }
    const layout = await layoutOf(record, stated).catch((error) => {
      throw error instanceof StatementRefused ? new Conflict(error.message) : error
    })
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="rejected-${record.id}.csv"`)
    response.stream(Readable.from(this.rejectedRows.handle(user.id, record.id, layout)))
  }
}
