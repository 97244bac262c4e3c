import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { tenant } from '#core/database/tenant'
import CarryOutRuleRun from '#transactions/actions/carry_out_rule_run'
import type { RuleTerms } from '#transactions/domain/payee_rules'
import type User from '#users/models/user'
import type Account from '#wallet/models/account'

const PATH = '/api/v1/transactions/rules'

/** What a run says of itself, as far as tests look at it. */
export interface ShownRun {
  id: string
  status: string
  counts: { total: number; matched: number; changed: number; kept: number }
  progress: number
  logForgottenAt: string | null
}

/** Does what the worker does with a run that is due. */
export async function carryOut(user: User, runId: string) {
  const carryOutRuleRun = await app.container.make(CarryOutRuleRun)
  await carryOutRuleRun.handle({ userId: user.id, runId })
}

/** Makes a rule as a client does; a run asks for no more than conditions and actions. */
export async function makeRule(
  client: ApiClient,
  user: User,
  rule: Partial<RuleTerms> & Pick<RuleTerms, 'actions'> & { enabled?: boolean }
) {
  const anything = [{ field: 'payee', operator: 'isNot', value: 'nobody' }]
  const response = await client
    .post(PATH)
    .loginAs(user)
    .json({ name: 'Rule', conditions: anything, ...rule })
  response.assertStatus(201)
  return response.body().id as string
}

/** Asks for a run; it is still to be done. */
export async function requestRun(client: ApiClient, user: User, ruleId: string, scope = {}) {
  const response = await client.post(`${PATH}/${ruleId}/runs`).loginAs(user).json(scope)
  response.assertStatus(202)
  return response.body() as ShownRun
}

/** Runs a rule over the history and shows what the run says then. */
export async function runRule(client: ApiClient, user: User, ruleId: string, scope: object = {}) {
  const { id } = await requestRun(client, user, ruleId, scope)
  await carryOut(user, id)
  return showRun(client, user, id)
}

/** Takes a run back and shows what it says then. */
export async function revertRun(client: ApiClient, user: User, id: string) {
  const response = await client.post(`${PATH}/runs/${id}/reversal`).loginAs(user)
  response.assertStatus(202)
  await carryOut(user, id)
  return showRun(client, user, id)
}

export async function showRun(client: ApiClient, user: User, id: string): Promise<ShownRun> {
  const response = await client.get(`${PATH}/runs/${id}`).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

interface Values {
  category: { id: string; name: string } | null
  payee: string
  tags: string[]
}

interface Change {
  transactionId: string
  before: Values
  after: Values
}

/** All pages of what a rule would change. */
export async function previewAll(
  client: ApiClient,
  user: User,
  ruleId: string,
  body = {},
  limit = 50
) {
  const changes: Change[] = []
  let counts: object | null = null
  for (let cursor: string | null = null; ;) {
    const response = await client
      .post(`${PATH}/${ruleId}/preview`)
      .qs({ limit, cursor: cursor ?? undefined })
      .loginAs(user)
      .json(body)
    response.assertStatus(200)
    const page = response.body()
    changes.push(...page.data)
    counts ??= page.counts
    cursor = page.meta.nextCursor
    if (cursor === null) return { changes, counts }
  }
}

/** All pages of what a run has changed. */
export async function changesOf(client: ApiClient, user: User, runId: string) {
  const changes: (Change & { kept: string[] })[] = []
  for (let cursor: string | null = null; ;) {
    const response = await client
      .get(`${PATH}/runs/${runId}/changes`)
      .qs({ limit: 200, cursor: cursor ?? undefined })
      .loginAs(user)
    response.assertStatus(200)
    const { data, meta } = response.body()
    changes.push(...data)
    cursor = meta.nextCursor
    if (cursor === null) return changes
  }
}

/** Books many rows at once, as an import would: nothing of them is locked. */
export async function fillHistory(user: User, account: Pick<Account, 'id'>, count: number) {
  await tenant.ledger(user.id, (trx) =>
    trx.rawQuery(
      `INSERT INTO transactions (user_id, id, account_id, kind, amount_minor, currency, booked_on, payee)
       SELECT ?, gen_random_uuid(), ?, 'expense', -n, 'EUR', date '2026-01-01' + n % 90, 'Shop ' || n
       FROM generate_series(1, ?::int) AS n`,
      [user.id, account.id, count]
    )
  )
}
