import type { Client, QueryConfig } from 'pg'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { prepared } from '#core/database/reading_pool'
import type { Reader } from '#core/database/tenant'

/** The Postgres connection a transaction runs on: for COPY and `$1` parameters. */
export async function connectionOf(trx: TransactionClientContract): Promise<Client> {
  return (await trx.knexClient.client.acquireConnection()) as Client
}

/** Asks what a query class asks, inside a transaction that is already open. */
export function readerOf(trx: TransactionClientContract): Reader {
  return {
    async query<Row extends object>(text: string, values: unknown[] = []) {
      const connection = await connectionOf(trx)
      const { rows } = await connection.query<Row>(prepared(text, values) as QueryConfig)
      return rows
    },
  }
}
