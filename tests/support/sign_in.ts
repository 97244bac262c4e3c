import type { ApiClient } from '@japa/api-client'
import { PASSWORD } from '#tests/support/household'
import type User from '#users/models/user'

/** What a client keeps of a session. */
export interface Tokens {
  accessToken: string
  refreshToken: string
}

export async function signIn(client: ApiClient, user: User): Promise<Tokens> {
  const response = await client
    .post('/api/v1/auth/login')
    .json({ email: user.email, password: PASSWORD })
  response.assertStatus(200)
  return response.body()
}

export function refresh(client: ApiClient, { refreshToken }: Pick<Tokens, 'refreshToken'>) {
  return client.post('/api/v1/auth/refresh').json({ refreshToken })
}

/** The status an exchange of this refresh token gets. */
export async function refreshStatus(client: ApiClient, tokens: Pick<Tokens, 'refreshToken'>) {
  const response = await refresh(client, tokens)
  return response.status()
}

/** The status a bearer of this access token gets. */
export async function statusOf(client: ApiClient, accessToken: string): Promise<number> {
  const response = await client.get('/api/v1/users/me').bearerToken(accessToken)
  return response.status()
}
