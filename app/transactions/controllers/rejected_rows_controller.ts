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
import { chunksOf } from '#transactions/services/import_chunks'
import { layoutOf } from '#transactions/services/import_layout'

@inject()
export default class RejectedRowsController {
  constructor(protected rejectedRows: RejectedRowsCsv) {}

  @operation({
    summary: 'The rejected rows as CSV',
    description:
      'To be corrected and uploaded again. Rows of a CSV stand in the columns of the file, behind `row`, `field` and `reason`. Those of other formats stand in columns that an import knows by itself, `id,date,payee,description,notes,category,amount,currency,status`, in front of `row,source,reason`, which it ignores; a word in `status` keeps a row from being booked until it is taken away. What is not corrected is rejected again.',
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
    const { currency } = stated
    const layout = await layoutOf(record, stated).catch((error) => {
      throw error instanceof StatementRefused ? new Conflict(error.message) : error
    })
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="rejected-${record.id}.csv"`)
    const file = { layout, currency, chunks: () => chunksOf(record, stated) }
    const rows = this.rejectedRows.handle({ userId: user.id, importId: record.id, ...file })
    response.stream(Readable.from(rows))
  }
}
