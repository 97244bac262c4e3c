import { randomUUIDv7 } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { audit } from '#core/audit/audit'
import { Conflict } from '#core/http/problem'
import { within } from '#core/http/within'
import { References } from '#transactions/actions/references'
import { fieldsSetBy } from '#transactions/domain/locked_fields'
import Transaction from '#transactions/models/transaction'
import type User from '#users/models/user'

/** What a person says of a transaction they book. */
export interface Booking {
  accountId: string
  amount: number
  bookedOn: string
  payee: string
  description?: string | null
  categoryId?: string | null
  tags?: string[]
  notes?: string | null
  externalId?: string | null
}

/** One of several, with its place in the request: errors name it. */
type Placed = Booking & { path?: string }

/**
 * Books income and expenses on the user's accounts: a few statements, however many
 * they are, inside the caller's transaction. Throws `Conflict` when an account has
 * a transaction with this bank's id already.
 */
export default class RecordTransactions {
  async handle(
    { actor, bookings }: { actor: User; bookings: Placed[] },
    trx: TransactionClientContract
  ): Promise<Transaction[]> {
    const references = await References.find(bookings, trx)
    const drafts: Transaction[] = []
    for (const { path, ...booking } of bookings) {
      drafts.push(await within(path, () => this.#draft(actor, booking, references)))
    }
    await this.#refuseKnown(drafts, bookings, trx)
    const recorded = await this.#insert(drafts, trx)
    await audit.recordAll(
      recorded.map((subject) => ({
        actor,
        action: 'transaction.recorded',
        subject,
        userId: actor.id,
      })),
      trx
    )
    return recorded
  }

  #draft(actor: User, { accountId, amount, ...details }: Booking, references: References) {
    const account = references.account(accountId)
    const category = details.categoryId ? references.category(details.categoryId) : null
    return new Transaction().fill({
      id: randomUUIDv7(),
      userId: actor.id,
      accountId: account.id,
      currency: account.currency,
      kind: amount > 0 ? 'income' : 'expense',
      amountMinor: amount,
      categoryId: category?.id ?? null,
      bookedOn: details.bookedOn,
      payee: details.payee,
      description: details.description ?? null,
      tags: details.tags ?? [],
      notes: details.notes ?? null,
      lockedFields: fieldsSetBy(details),
      ...Transaction.identifiedBy(account.id, details.externalId ?? null),
    })
  }

  /** Nobody else books on the user's accounts until the caller's transaction ends. */
  async #refuseKnown(drafts: Transaction[], bookings: Placed[], trx: TransactionClientContract) {
    const identities = drafts.flatMap(({ identity }) => identity ?? [])
    if (identities.length === 0) return

    const known = await trx.from('transactions').select('identity').whereIn('identity', identities)
    const taken = new Set(known.map((row) => row.identity.replaceAll('-', '')))
    for (const [index, { identity }] of drafts.entries()) {
      if (identity === null) continue
      await within(bookings[index].path, () => {
        if (taken.has(identity)) throw new Conflict('The account has this externalId already.')
      })
      taken.add(identity)
    }
  }

  async #insert(drafts: Transaction[], trx: TransactionClientContract): Promise<Transaction[]> {
    if (drafts.length === 0) return []
    const columns = Transaction.$keys.attributesToColumns
    const rows = drafts.map(({ $attributes }) =>
      Object.fromEntries(
        Object.entries($attributes).map(([name, value]) => [columns.resolve(name), value])
      )
    )
    const inserted = await trx.insertQuery().table('transactions').returning('*').multiInsert(rows)
    return Transaction.$createMultipleFromAdapterResult(inserted)
  }
}
