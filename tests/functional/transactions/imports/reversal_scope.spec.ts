import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { tenant } from '#core/database/tenant'
import UndoImport from '#transactions/actions/undo_import'
import RevertImport from '#transactions/jobs/revert_import'
import { balances, categoryOf, household, record } from '#tests/support/household'
import { importFile, revert, show, verdicts } from '#tests/support/imports'
import { accept, proposals } from '#tests/support/proposals'
import { RECONCILIATIONS, reconcile } from '#tests/support/reconciliations'
import { makeRule, revertRun, runRule } from '#tests/support/rules'
import { everythingOf } from '#tests/support/sweep/estate'

/** What a reversal leaves on purpose: the history, and what clients are told of changes. */
const KEPT_OF_IMPORTS = [
  'users',
  'imports',
  'import_rows',
  'transaction_tombstones',
  'audit_logs',
  'audit_chains',
  'sessions',
  'misses',
]
const PATH = '/api/v1/transactions/imports'
const file = (...rows: string[]) => ['id,date,payee,amount', ...rows].join('\n')
const CSV = file('B1,2026-01-15,Rewe,-23.90', 'B2,2026-01-16,Edeka,-10.00')

test.group('Reversal / history', () => {
  test('tells who and when', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    const before = await verdicts(client, user, id)

    await revert(client, user, id)

    const shown = await client.get(`${PATH}/${id}`).loginAs(user)
    const actions = await tenant.transaction(user.id, (trx) =>
      trx
        .from('audit_logs')
        .where('subject_id', id)
        .orderBy('position')
        .select('action', 'actor_id')
    )
    assert.equal(shown.body().revertedBy, user.id)
    assert.isAbove(Date.parse(shown.body().revertedAt), Date.parse(shown.body().finishedAt))
    assert.deepEqual(await verdicts(client, user, id), before)
    assert.deepInclude(actions, { action: 'import.reversal-requested', actor_id: user.id })
    assert.deepInclude(actions, { action: 'import.reverted', actor_id: null })
  })

  test('takes what was changed or deleted since', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    const [first, second] = await verdicts(client, user, id)
    const transactions = '/api/v1/transactions'
    await client
      .patch(`${transactions}/${first.transactionId}`)
      .loginAs(user)
      .json({ amount: -1_00, notes: 'Mine' })
    await client.delete(`${transactions}/${second.transactionId}`).loginAs(user)

    await revert(client, user, id)
    const after = await balances(user)
    const again = await importFile(client, user, checking, CSV)

    assert.deepEqual(after, { checking: 0 })
    assert.containsSubset(again.counts, { imported: 2, duplicates: 0 })
  })
})

test.group('Reversal / reconciled', () => {
  test('is refused, and names them', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    const rows = await verdicts(client, user, id)
    await reconcile(client, user, checking, { statementDate: '2026-01-15', balance: -23_90 })

    const response = await client.post(`${PATH}/${id}/reversal`).loginAs(user)

    response.assertStatus(409)
    assert.equal(response.body().code, 'Reconciled')
    assert.include(response.body().detail, `1 of the transactions`)
    assert.include(response.body().detail, String(rows[0].transactionId))
    assert.deepEqual(await balances(user), { checking: -33_90 })
  })

  test('minds what it changed too', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -23_90, payee: 'Rewe' })
    const { id } = await importFile(client, user, checking, CSV)
    const [proposal] = await proposals(client, user)
    await accept(client, user, proposal.id)
    await reconcile(client, user, checking, { statementDate: '2026-01-15', balance: -23_90 })

    const response = await client.post(`${PATH}/${id}/reversal`).loginAs(user)

    response.assertStatus(409)
    assert.include(response.body().detail, mine.id)
  })

  test('is refused after it was asked for', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    const asked = await client.post(`${PATH}/${id}/reversal`).loginAs(user)
    await reconcile(client, user, checking, { statementDate: '2026-01-15', balance: -23_90 })

    const undoImport = await app.container.make(UndoImport)
    await undoImport.handle({ userId: user.id, importId: id })

    const shown = await show(client, user, id)
    asked.assertStatus(202)
    assert.isNull(asked.body().reversalError)
    assert.containsSubset(shown, {
      status: 'completed',
      revertedAt: null,
      reversalError: { code: 'reconciled' },
    })
    assert.include(shown.reversalError!.detail, '1 of the transactions')
    assert.deepEqual(await balances(user), { checking: -33_90 })
  })

  test('is forgotten when it is asked for again', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    await client.post(`${PATH}/${id}/reversal`).loginAs(user)
    const proof = { statementDate: '2026-01-15', balance: -23_90 }
    const reconciliation = await reconcile(client, user, checking, proof)
    const undoImport = await app.container.make(UndoImport)
    await undoImport.handle({ userId: user.id, importId: id })
    const refused = await show(client, user, id)
    await client.delete(`${RECONCILIATIONS}/${reconciliation}/completion`).loginAs(user)

    const again = await client.post(`${PATH}/${id}/reversal`).loginAs(user)
    await undoImport.handle({ userId: user.id, importId: id })

    assert.equal(refused.reversalError?.code, 'reconciled')
    again.assertStatus(202)
    assert.isNull(again.body().reversalError)
    assert.containsSubset(await show(client, user, id), { status: 'reverted', reversalError: null })
  })

  test('is told as well when the worker gave up', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, CSV)
    await client.post(`${PATH}/${id}/reversal`).loginAs(user)

    const job = await app.container.make(RevertImport)
    await job.rescue({ userId: user.id, importId: id })

    assert.containsSubset(await show(client, user, id), {
      status: 'completed',
      reversalError: { code: 'interrupted' },
    })
    assert.deepEqual(await balances(user), { checking: -33_90 })
  })
})

test.group('Reversal / names', () => {
  const mapping = {
    bookedOn: 'date',
    payee: 'payee',
    account: 'account',
    category: 'category',
    amount: 'amount',
    createMissing: true,
  }
  const named = [
    'date,payee,account,category,amount',
    '2026-01-01,A,Cash box,Yachts,-1.00',
    '2026-01-02,B,checking,Horses,-2.00',
  ].join('\n')

  test('go with the import that made them', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const everything = () => everythingOf(user, { but: KEPT_OF_IMPORTS })
    const before = await everything()
    const { id } = await importFile(client, user, checking, named, { mapping })
    const between = await balances(user)

    await revert(client, user, id)

    assert.deepEqual(between, { 'checking': -2_00, 'Cash box': -1_00 })
    assert.equal(await everything(), before)
  })

  test('stay when they are used or changed', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, named, { mapping })
    const [yachts, horses] = [await categoryOf(user, 'Yachts'), await categoryOf(user, 'Horses')]
    await record(user, { accountId: checking.id, amount: -5, categoryId: yachts.id })
    const rename = `/api/v1/transactions/categories/${horses.id}`
    await client.patch(rename).loginAs(user).json({ name: 'Ponies' })

    await revert(client, user, id)

    assert.isOk(await categoryOf(user, 'Yachts'))
    assert.isOk(await categoryOf(user, 'Ponies'))
    assert.deepEqual(await balances(user), { checking: -5 })
  })

  test('stay when a run can bring them back', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, named, { mapping })
    const row = 'date,payee,category,amount\n2026-01-03,Marina,Yachts,-3.00\n'
    await importFile(client, user, checking, row)
    const [yachts, dining] = [await categoryOf(user, 'Yachts'), await categoryOf(user, 'Dining')]
    const actions = [{ kind: 'setCategory' as const, categoryId: dining.id }]
    const run = await runRule(client, user, await makeRule(client, user, { actions }))

    await revert(client, user, id)
    const { status } = await revertRun(client, user, run.id)

    const marina = await client.get('/api/v1/transactions').loginAs(user)
    assert.equal(status, 'reverted')
    assert.containsSubset(marina.body().data, [{ payee: 'Marina', category: { id: yachts.id } }])
  })
})
