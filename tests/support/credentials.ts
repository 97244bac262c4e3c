import type { ApiClient } from '@japa/api-client'
import { system } from '#core/database/system'
import { PASSWORD } from '#tests/support/household'
import type User from '#users/models/user'

export const WRONG = 'wrong horse battery'

export function attempt(client: ApiClient, email: string, password: string) {
  return client.post('/api/v1/auth/login').json({ email, password })
}

/** The statuses of one sign-in after the other. */
export async function statusesOf(client: ApiClient, email: string, passwords: string[]) {
  const statuses: number[] = []
  for (const password of passwords) {
    const response = await attempt(client, email, password)
    statuses.push(response.status())
  }
  return statuses
}

/** Uses up every guess there is. */
export async function lock(client: ApiClient, email: string) {
  return statusesOf(client, email, Array(5).fill(WRONG))
}

export async function canSignIn(
  client: ApiClient,
  { email }: Pick<User, 'email'>,
  password = PASSWORD
) {
  const response = await attempt(client, email, password)
  return response.status() === 200
}

/** What the audit log says was done, first things first. */
export async function auditOf(user: User): Promise<string[]> {
  const rows = await system.transaction((trx) =>
    trx.from('audit_logs').where('user_id', user.id).orderBy('position').select('action')
  )
  return rows.map(({ action }) => action)
}

/** Lets the time of every count of guesses pass. */
export async function passLockPeriod() {
  await system.transaction((trx) =>
    trx.rawQuery(`UPDATE password_guesses SET expires_at = expires_at - interval '30 minutes'`)
  )
}
