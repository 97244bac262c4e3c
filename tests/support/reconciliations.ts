import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'
import type Account from '#wallet/models/account'

export const RECONCILIATIONS = '/api/v1/transactions/reconciliations'

/** Holds an account against a statement that shows all there is, and completes it. */
export async function reconcile(
  client: ApiClient,
  user: User,
  account: Pick<Account, 'id'>,
  { statementDate, balance }: { statementDate: string; balance: number }
): Promise<string> {
  const opened = await client
    .post(RECONCILIATIONS)
    .loginAs(user)
    .json({ accountId: account.id, statementDate, statementBalance: balance })
  opened.assertStatus(201)
  const { id } = opened.body()
  const completed = await complete(client, user, id)
  completed.assertStatus(200)
  return id
}

export function complete(client: ApiClient, user: User, id: string, body: object = {}) {
  return client.post(`${RECONCILIATIONS}/${id}/completion`).loginAs(user).json(body)
}
