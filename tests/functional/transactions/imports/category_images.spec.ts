import type { ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { categoryOf, household, record, split } from '#tests/support/household'
import { importFile, override, verdicts } from '#tests/support/imports'
import { accept, proposals, withdraw } from '#tests/support/proposals'
import { carryOut, makeRule, requestRun, runRule } from '#tests/support/rules'
import type User from '#users/models/user'

const TRANSACTIONS = '/api/v1/transactions'
const file = (...rows: string[]) => ['id,date,payee,amount,category', ...rows].join('\n')
const COFFEE = 'B1,2026-01-15,REWE SAGT DANKE 4711,-23.90'

/** Deletes Dining; with `moveTo` Groceries takes over. */
async function deleteDining(client: ApiClient, user: User, moveTo?: string) {
  const { id } = await categoryOf(user, 'Dining')
  const request = client.delete(`${TRANSACTIONS}/categories/${id}`).loginAs(user)
  const response = await (moveTo ? request.qs({ moveTo }) : request)
  response.assertStatus(204)
}

async function shown(client: ApiClient, user: User, id: string) {
  const response = await client.get(`${TRANSACTIONS}/${id}`).loginAs(user)
  response.assertStatus(200)
  return response.body()
}

/** An imported row that a person put under Dining, and the proposal that it is one of theirs. */
async function doubled(client: ApiClient) {
  const { user, checking } = await household({ checking: 0 })
  await record(user, {
    accountId: checking.id,
    amount: -23_90,
    payee: 'Rewe',
    bookedOn: '2026-01-13',
  })
  await importFile(client, user, checking, file(`${COFFEE},`))
  const [proposal] = await proposals(client, user)
  return { user, proposal }
}

test.group('Category images / a deleted category', () => {
  test('of a transfer becomes the one that took over', async ({ client, assert }) => {
    const { user, checking, savings } = await household({ checking: 0, savings: 0 })
    const [dining, groceries] = [
      await categoryOf(user, 'Dining'),
      await categoryOf(user, 'Groceries'),
    ]
    const { id } = await record(user, {
      accountId: checking.id,
      amount: -200_00,
      categoryId: dining.id,
    })
    await importFile(client, user, savings, file('B1,2026-01-15,Ada,200.00,'))
    const [proposal] = await proposals(client, user)
    await accept(client, user, proposal.id)

    await deleteDining(client, user, groceries.id)
    await withdraw(client, user, proposal.id)

    assert.containsSubset(await shown(client, user, id), {
      kind: 'expense',
      category: { id: groceries.id },
    })
  })

  test('of a merged transaction becomes the one that took over', async ({ client, assert }) => {
    const { user, proposal } = await doubled(client)
    const [dining, groceries] = [
      await categoryOf(user, 'Dining'),
      await categoryOf(user, 'Groceries'),
    ]
    const one = `${TRANSACTIONS}/${proposal.transactionId}`
    await client.patch(one).loginAs(user).json({ categoryId: dining.id })
    await accept(client, user, proposal.id)

    await deleteDining(client, user, groceries.id)
    await withdraw(client, user, proposal.id)

    assert.containsSubset(await shown(client, user, proposal.transactionId), {
      category: { id: groceries.id },
    })
  })

  test('of merged splits becomes the one that took over', async ({ client, assert }) => {
    const { user, proposal } = await doubled(client)
    const [dining, groceries, gifts] = [
      await categoryOf(user, 'Dining'),
      await categoryOf(user, 'Groceries'),
      await categoryOf(user, 'Gifts'),
    ]
    await split(user, { id: proposal.transactionId } as Parameters<typeof split>[1], [
      [dining, -20_00],
      [gifts, -3_90],
    ])
    await accept(client, user, proposal.id)

    await deleteDining(client, user, groceries.id)
    await withdraw(client, user, proposal.id)

    const { splits } = await shown(client, user, proposal.transactionId)
    assert.containsSubset(splits, [
      { amount: -20_00, categoryId: groceries.id },
      { amount: -3_90, categoryId: gifts.id },
    ])
  })

  test('of a duplicate becomes the one that took over', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const groceries = await categoryOf(user, 'Groceries')
    const csv = file(`${COFFEE},Dining`)
    await importFile(client, user, checking, csv)
    const { id } = await importFile(client, user, checking, csv)

    await deleteDining(client, user, groceries.id)
    await override(client, user, id, 1, { verdict: 'imported' })

    const [{ transactionId }] = await verdicts(client, user, id)
    assert.containsSubset(await shown(client, user, transactionId as string), {
      category: { id: groceries.id },
    })
  })

  test('without a heir leaves no lock behind', async ({ client, assert }) => {
    const { user, proposal } = await doubled(client)
    const dining = await categoryOf(user, 'Dining')
    const one = `${TRANSACTIONS}/${proposal.transactionId}`
    await client.patch(one).loginAs(user).json({ categoryId: dining.id })
    await accept(client, user, proposal.id)
    const groceries = await categoryOf(user, 'Groceries')
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: groceries.id }],
    })

    await deleteDining(client, user)
    await withdraw(client, user, proposal.id)
    const bare = await shown(client, user, proposal.transactionId)
    await runRule(client, user, ruleId)

    assert.isNull(bare.category)
    assert.containsSubset(await shown(client, user, proposal.transactionId), {
      category: { id: groceries.id },
    })
  })

  test('of a run that waits becomes the one that took over', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await record(user, { accountId: checking.id, amount: -1 })
    const dining = await categoryOf(user, 'Dining')
    const groceries = await categoryOf(user, 'Groceries')
    const ruleId = await makeRule(client, user, {
      actions: [{ kind: 'setCategory', categoryId: dining.id }],
    })
    const run = await requestRun(client, user, ruleId)

    await deleteDining(client, user, groceries.id)
    await carryOut(user, run.id)

    assert.containsSubset(await shown(client, user, id), { category: { id: groceries.id } })
  })
})
