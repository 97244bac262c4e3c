import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { bankFile, BANK_MAPPING } from '#tests/support/bank_file'
import { household } from '#tests/support/household'
import { read, upload } from '#tests/support/imports'
import RunImport from '#transactions/actions/run_import'
import Import from '#transactions/models/import'

const CSV = `id,date,account,payee,amount
1,2026-01-05,Savings,Anna,-10.00
2,2026-01-06,Savings,Ben,25.00
`

/** How many times the import has been handed to a worker. */
async function jobsOf(importId: string) {
  const jobs = await system.transaction((trx) =>
    trx.from('outbox').whereRaw(`payload->>'importId' = ?`, [importId])
  )
  return jobs.length
}

test.group('Imports / at once', () => {
  test('make an account only once', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = {
      id: 'id',
      bookedOn: 'date',
      account: 'account',
      payee: 'payee',
      amount: 'amount',
      createMissing: true,
    }
    const uploads = [
      await upload(client, user, checking, CSV, { mapping }),
      await upload(client, user, checking, CSV, { mapping }),
    ]
    const ids = uploads.map((response) => response.body().id)

    await Promise.all(ids.map((id) => read(client, user, id)))
    const outcomes = []
    for (const id of ids) outcomes.push(await read(client, user, id))

    const accounts = await client.get('/api/v1/wallet/accounts').loginAs(user)
    const names = accounts.body().data.map(({ name }: { name: string }) => name)
    assert.deepEqual(names.sort(), ['Savings', 'checking'].sort())
    assert.equal(
      outcomes.reduce((sum, { counts }) => sum + counts.imported, 0),
      2
    )
  })

  test('are read once by two workers: {title}')
    .with([
      { title: 'for good', dryRun: false },
      { title: 'to see', dryRun: true },
    ])
    .run(async ({ client, assert }, { dryRun }) => {
      const { user, checking } = await household({ checking: 0 })
      const { account: unmapped, ...mapping } = BANK_MAPPING
      const { csv } = bankFile(6_000)
      const response = await upload(client, user, checking, csv, { mapping, dryRun })
      const { id } = response.body()

      await Promise.all([read(client, user, id), read(client, user, id)])

      const { status, counts } = await read(client, user, id)
      assert.equal(status, 'completed')
      assert.equal(counts.total, 6_000)
    })

  test('wait without a job each time', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const mapping = { bookedOn: 'date', amount: 'amount', createMissing: true }
    const [first, second] = [
      await upload(client, user, checking, CSV, { mapping }),
      await upload(client, user, checking, CSV, { mapping }),
    ]
    const importId = second.body().id
    await tenant.transaction(user.id, async (trx) => {
      const record = await Import.findOrFail(first.body().id, { client: trx })
      await record.start(trx)
    })
    const runImport = await app.container.make(RunImport)

    await runImport.handle({ userId: user.id, importId, comesBack: true })
    const waiting = await jobsOf(importId)
    await runImport.handle({ userId: user.id, importId })

    assert.equal(waiting, 1)
    assert.equal(await jobsOf(importId), 2)
  })
})
