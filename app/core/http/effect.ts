import { AsyncLocalStorage } from 'node:async_hooks'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** What must hold before the running request may commit an effect. */
type Holder = { confirm(userId: string, trx: TransactionClientContract): Promise<void> }

const running = new AsyncLocalStorage<Holder>()

/** Runs a request whose transactions `holder` confirms. */
export function confirmedBy<T>(holder: Holder, request: () => T): T {
  return running.run(holder, request)
}

/** Runs what the request causes but did not ask for: its transactions are nobody's effect. */
export function unconfirmed<T>(work: () => T): T {
  return running.exit(work)
}

/**
 * To be called last in every tenant transaction: ties what it commits to the
 * idempotency key of the running request, if there is one.
 *
 * @throws Error when another request holds the key by now: nothing is committed
 */
export async function confirmEffect(userId: string, trx: TransactionClientContract) {
  await running.getStore()?.confirm(userId, trx)
}
