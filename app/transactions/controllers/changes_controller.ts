import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { operation } from '#core/openapi/operation'
import { array, boolean, id, object, resource, text } from '#core/openapi/schema'
import { SyncCursor } from '#transactions/domain/sync_cursor'
import CursorExpired from '#transactions/exceptions/cursor_expired'
import { LedgerChanges } from '#transactions/queries/ledger_changes'
import TransactionTransformer, {
  transactionSchema,
} from '#transactions/transformers/transaction_transformer'
import { CHANGES_PAGE, syncValidator } from '#transactions/validators/transaction_validators'

const changesSchema = resource('LedgerChanges', {
  added: array(transactionSchema, { description: 'Booked since the round began' }),
  modified: array(transactionSchema, { description: 'Booked before; comes as a whole' }),
  removed: array(object({ id: id() }), { description: 'Gone, perhaps without ever having come' }),
  nextCursor: text({ description: 'Pass as `cursor`: at once while `hasMore`, else next time' }),
  hasMore: boolean(),
})

@inject()
export default class ChangesController {
  constructor(protected changes: LedgerChanges) {}

  @operation({
    summary: 'Follow the ledger',
    description: [
      'What changed since `cursor`, in the order in which it happened; without one, everything',
      'there is. Keep what is added or modified under its id, forget what is removed, and ask',
      'again with `nextCursor` until `hasMore` is false: then you have exactly the ledger. What',
      'changes while you page comes again. A cursor that is older than 90 days (a setting),',
      'unreadable, or of a ledger that a backup has replaced is lost: start over without one.',
    ].join('\n'),
    request: { query: syncValidator },
    responses: { 200: changesSchema },
    errors: ['CursorExpired'],
  })
  async index({ caller, request }: HttpContext) {
    const { limit = CHANGES_PAGE, ...given } = await request.validateUsing(syncValidator)
    const cursor = this.#cursorOf(given.cursor, caller.userId)
    const { ledgerVersion } = await caller.ledger()
    if (cursor.isEndOf(ledgerVersion)) return this.#nothing(cursor)

    const { added, modified, removed, next, hasMore } = await caller.read((reader) =>
      this.changes.handle(reader, cursor, limit)
    )
    return {
      added: TransactionTransformer.transform(added),
      modified: TransactionTransformer.transform(modified),
      removed,
      nextCursor: next.toString(),
      hasMore,
    }
  }

  #cursorOf(given: string | undefined, userId: string) {
    const cursor = given === undefined ? SyncCursor.first(userId) : SyncCursor.parse(given, userId)
    if (!cursor) throw new CursorExpired()
    return cursor
  }

  /** Most clients ask in vain most of the time: the version alone answers them. */
  #nothing(cursor: SyncCursor) {
    return { added: [], modified: [], removed: [], nextCursor: cursor.toString(), hasMore: false }
  }
}
