import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { balances, household, newcomer, open, record } from '#tests/support/household'
import {
  confirm,
  importFile,
  override,
  read,
  revert,
  upload,
  verdicts,
} from '#tests/support/imports'
import type User from '#users/models/user'

const PATH = '/api/v1/transactions/imports'
const file = (...rows: string[]) => ['id,date,payee,amount', ...rows].join('\n')
const ROWS = ['B1,2026-01-05,Café,-3.50', 'B2,2026-01-06,Tea,-2.50', 'B3,2026-01-07,Rent,-9.00']
const dryRun = true

async function importsOf(user: User) {
  const rows = await system.transaction((trx) => trx.from('imports').where('user_id', user.id))
  return rows.length
}

test.group('Confirmations', () => {
  test('import what the dry run has shown', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dry = await importFile(client, user, checking, file(...ROWS), { dryRun })

    const done = await confirm(client, user, dry.id)

    assert.containsSubset(done, { dryRun: false, dryRunId: dry.id, status: 'completed' })
    assert.deepEqual(done.counts, dry.counts)
    assert.deepEqual(await balances(user), { checking: -15_00 })
  })

  test('do what was said of the rows', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -9_00, payee: 'Landlord' })
    await importFile(client, user, checking, file(ROWS[0]))
    const dry = await importFile(client, user, checking, file(...ROWS), { dryRun })
    await override(client, user, dry.id, 1, { verdict: 'imported' })
    await override(client, user, dry.id, 3, { verdict: 'duplicate', transactionId: mine.id })
    const shown = await verdicts(client, user, dry.id)

    const done = await confirm(client, user, dry.id)
    const again = await importFile(client, user, checking, file(...ROWS))

    const became = await verdicts(client, user, done.id)
    assert.deepEqual(done.counts, { total: 3, imported: 2, duplicates: 1, rejected: 0 })
    assert.deepEqual(
      became.map(({ verdict }) => verdict),
      shown.map(({ verdict }) => verdict)
    )
    assert.containsSubset(became[2], { rule: 'override', transactionId: mine.id })
    assert.containsSubset(again.counts, { imported: 0, duplicates: 3 })
    assert.deepEqual(await balances(user), { checking: -9_00 - 3_50 - 3_50 - 2_50 })
  })

  test('book what nothing stands for any more', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -3_50 })
    const dry = await importFile(client, user, checking, file(ROWS[0]), { dryRun })
    await override(client, user, dry.id, 1, { verdict: 'duplicate', transactionId: mine.id })
    await client.delete(`/api/v1/transactions/${mine.id}`).loginAs(user)

    const done = await confirm(client, user, dry.id)

    assert.containsSubset(done.counts, { imported: 1, duplicates: 0 })
    assert.deepEqual(await balances(user), { checking: -3_50 })
  })

  test('change their mind in between', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mine = await record(user, { accountId: checking.id, amount: -1 })
    const dry = await importFile(client, user, checking, file(ROWS[0]), { dryRun })
    await override(client, user, dry.id, 1, { verdict: 'duplicate', transactionId: mine.id })
    await override(client, user, dry.id, 1, { verdict: 'imported' })

    const done = await confirm(client, user, dry.id)

    assert.containsSubset(done.counts, { imported: 1, duplicates: 0 })
  })

  test('keep the settings of the dry run', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const first = await importFile(client, user, checking, file(ROWS[0]))
    const [{ transactionId }] = await verdicts(client, user, first.id)
    await client.delete(`/api/v1/transactions/${transactionId}`).loginAs(user)
    const mapping = { id: 'id', bookedOn: 'date', payee: 'payee', amount: 'amount' }
    const options = { dryRun, restoreDeleted: true, mapping }
    const dry = await importFile(client, user, checking, file(ROWS[0]), options)

    const done = await confirm(client, user, dry.id)

    assert.containsSubset(done, { mapping, restoreDeleted: true, counts: { imported: 1 } })
  })

  test('start one import, however often', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const dry = await importFile(client, user, checking, file(...ROWS), { dryRun })
    const ask = () => client.post(`${PATH}/${dry.id}/confirmation`).loginAs(user)

    const answers = await Promise.all([ask(), ask(), ask()])

    const ids = answers.map((response) => response.body().id)
    assert.deepEqual(
      answers.map((response) => response.status()),
      [202, 202, 202]
    )
    assert.equal(new Set(ids).size, 1)
    assert.equal(answers[0].header('location'), `${PATH}/${ids[0]}`)
    assert.equal(await importsOf(user), 2)
  })

  test('end what can be said of the rows', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    const dry = await importFile(client, user, checking, file(...ROWS), { dryRun })
    await confirm(client, user, dry.id)

    const response = await override(client, user, dry.id, 1, { verdict: 'imported' })

    response.assertStatus(409)
  })

  test('are refused to {title}')
    .with([
      { title: 'an import', dry: false, read: true, taken: false },
      { title: 'what is unread', dry: true, read: false, taken: false },
      { title: 'what was taken back', dry: true, read: true, taken: true },
    ])
    .run(async ({ client }, given) => {
      const { user, checking } = await household({ checking: 0 })
      const uploaded = await upload(client, user, checking, file(...ROWS), { dryRun: given.dry })
      const { id } = uploaded.body()
      if (given.read) await read(client, user, id)
      if (given.taken) await revert(client, user, id)

      const response = await client.post(`${PATH}/${id}/confirmation`).loginAs(user)

      response.assertStatus(409)
    })

  test('need the account', async ({ client }) => {
    const user = await newcomer()
    const account = await open(user, 'Short-lived')
    const dry = await importFile(client, user, account, file(...ROWS), { dryRun })
    await client.delete(`/api/v1/wallet/accounts/${account.id}`).loginAs(user)

    const response = await client.post(`${PATH}/${dry.id}/confirmation`).loginAs(user)

    response.assertStatus(409)
  })
})
