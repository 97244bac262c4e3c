import { once } from 'node:events'
import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { exportPatience } from '#config/ledger'
import { snapshotStream } from '#core/database/snapshot'
import { attachment } from '#core/http/content_disposition'
import { operation } from '#core/openapi/operation'
import { array, text } from '#core/openapi/schema'
import { takeExportSlot } from '#transactions/services/export_slots'
import { TransactionExport } from '#transactions/queries/transaction_export'
import { EXPORT_FORMATS, exportFileName } from '#transactions/transformers/export_formats'
import { transactionSchema } from '#transactions/transformers/transaction_transformer'
import { exportTransactionsValidator } from '#transactions/validators/transaction_validators'

const { csv, json, ofx, qif } = EXPORT_FORMATS

@inject()
export default class ExportsController {
  constructor(protected transactions: TransactionExport) {}

  @operation({
    summary: 'Export transactions',
    description: [
      'What the filters of the list leave, as one file that is streamed from one moment of the',
      'ledger. Imported again it adds nothing. A file that could not be written to its end ends',
      'with a broken connection, never as if it were whole. Two at a time are written for a user.',
      '',
      '- `csv` (the default): RFC 4180 in UTF-8, with a byte order mark if `bom` asks for it. A',
      '  text that a spreadsheet would take for a formula has an apostrophe in front, which an',
      '  import takes away again. `id` is the bank’s where there is one, `ownId` the transaction’s own.',
      "  In somebody else's books an import (with `createMissing`) makes accounts, categories and",
      '  splits again, these without their notes; the legs of transfers are proposed to be linked.',
      '- `json`: the objects of the list, for other programs; no import reads it.',
      '- `ofx`: OFX 2.2, a statement for each account.',
      '- `qif`: a block for each account, with splits and transfers; `N` is the id. An import keeps',
      '  the parts of a split as notes.',
    ].join('\n'),
    request: { query: exportTransactionsValidator },
    responses: {
      200: {
        schema: text(),
        contentType: csv.mediaType,
        alternatives: {
          [json.mediaType]: array(transactionSchema),
          [ofx.mediaType]: text(),
          [qif.mediaType]: text(),
        },
        headers: { 'Content-Disposition': 'An attachment, named after format and day' },
      },
    },
  })
  async show(ctx: HttpContext) {
    const { caller, request, response } = ctx
    const {
      format = 'csv',
      bom,
      ...filters
    } = await request.validateUsing(exportTransactionsValidator)
    await caller.prove()
    const { mediaType, open } = EXPORT_FORMATS[format]
    const { transactions } = this
    const file = await this.#started(ctx, async function* (trx) {
      await takeExportSlot(caller.userId, trx)
      yield* transactions.handle(trx, filters, open({ bom }))
    })

    response.header('content-type', `${mediaType}; charset=utf-8`)
    response.header('content-disposition', attachment(exportFileName(format)))
    response.response.setTimeout(exportPatience.stalled, () => response.response.destroy())
    return response.stream(file)
  }

  /** What fails before there is anything to send has an answer like any other error. */
  async #started(
    { caller, response, logger }: HttpContext,
    write: Parameters<typeof snapshotStream>[1]
  ) {
    const file = snapshotStream(caller.userId, write, AbortSignal.timeout(exportPatience.whole))
    file.on('error', (error) => {
      if (response.headersSent) logger.warn({ err: error }, 'an export broke off')
    })
    await once(file, 'readable')
    return file
  }
}
