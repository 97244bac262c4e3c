import type { ApiClient } from '@japa/api-client'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/proposals'

/** What a proposal says of itself, as far as tests look at it. */
export interface ShownProposal {
  id: string
  kind: 'duplicate' | 'transfer'
  status: string
  importId: string
  transactionId: string
  matchId: string
  daysApart: number
}

export async function proposals(
  client: ApiClient,
  user: User,
  filters: object = {}
): Promise<ShownProposal[]> {
  const response = await client
    .get(PATH)
    .qs({ limit: 200, ...filters })
    .loginAs(user)
  response.assertStatus(200)
  return response.body().data
}

export function accept(client: ApiClient, user: User, id: string) {
  return client.post(`${PATH}/${id}/acceptance`).loginAs(user)
}

export function withdraw(client: ApiClient, user: User, id: string) {
  return client.delete(`${PATH}/${id}/acceptance`).loginAs(user)
}

export function refuse(client: ApiClient, user: User, id: string) {
  return client.post(`${PATH}/${id}/refusal`).loginAs(user)
}
