import type { ApiClient } from '@japa/api-client'
import { uploaded } from '#tests/support/files'
import { categoryOf, household, record, split, transfer } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { makeWebhook, ping, UNREACHABLE } from '#tests/support/webhooks'

/** Two rows of a bank: one that can be booked, one that can't. */
export const STATEMENT = 'date,payee,amount\n2026-01-01,Shop,-1.00\n2026-01-02,Shop,no amount\n'

/** A user with something of everything. */
export async function resident(client: ApiClient) {
  const { user, checking, savings } = await household({ checking: 500_00, savings: 0 })
  const dining = await categoryOf(user, 'Dining')
  const bought = await record(user, {
    accountId: checking.id,
    amount: -12_99,
    payee: '=HYPERLINK("http://evil.example")',
    tags: ['holiday', 'with, comma'],
    notes: 'two\nlines',
  })
  await split(user, bought, [
    [dining, -10_00],
    [dining, -2_99],
  ])
  await transfer(user, checking, savings, 100_00)
  const imported = await importFile(client, user, checking, STATEMENT)
  const fileId = await uploaded(client, user)
  await client.post('/api/v1/auth/otp').loginAs(user)
  const webhook = await makeWebhook(client, user, UNREACHABLE)
  await ping(client, user, webhook.id)
  await client
    .post('/api/v1/auth/tokens')
    .loginAs(user)
    .json({ name: 'Script', scopes: ['read'] })
  return { user, checking, bought, imported, fileId }
}
