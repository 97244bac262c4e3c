import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'

/**
 * Runs `work` in a transaction and resolves once Postgres has confirmed that it
 * is committed. Lucid's own `transaction` resolves as well when COMMIT fails (a
 * deferred constraint, a connection that broke): Knex tells that only to the
 * promise of the execution.
 */
export async function committed<T>(
  connection: QueryClientContract,
  work: (trx: TransactionClientContract) => Promise<T>
): Promise<T> {
  const { value, execution } = await connection.transaction(async (trx) => ({
    value: await work(trx),
    execution: () => trx.knexClient.executionPromise,
  }))
  await execution()
  return value
}
