import type { Client, QueryConfig } from 'pg'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { prepared } from '#core/database/reading_pool'
import type { Reader } from '#core/database/tenant'

/** The Postgres connection a transaction runs on: for COPY and `$1` parameters. */
export async function connectionOf(trx: TransactionClientContract): Promise<Client> {
  return (await trx.knexClient.client.acquireConnection()) as Client
}

/**
 * Asks what a query class asks, inside a transaction that is already open: one
 * after the other, though all may be asked at once.
 */
export function readerOf(trx: TransactionClientContract): Reader {
  let before: Promise<unknown> = Promise.resolve()
  const ask = async <Row extends object>(text: string, values: unknown[]) => {
    const connection = await connectionOf(trx)
    const { rows } = await connection.query<Row>(prepared(text, values) as QueryConfig)
    return rows
  }
  return {
    query<Row extends object>(text: string, values: unknown[] = []) {
      const answer = before.then(() => ask<Row>(text, values))
      before = answer.catch(() => {})
      return answer
    },
  }
}
