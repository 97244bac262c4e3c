import { readFile } from 'node:fs/promises'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { BANKS } from '#tests/golden/banks'
import { FORMATS } from '#tests/golden/formats'
import type { Golden } from '#tests/golden/golden'
import { TRAPS } from '#tests/golden/traps'
import { balances, household } from '#tests/support/household'
import { importFile, revert, verdicts } from '#tests/support/imports'
import { messageOf } from '#transactions/domain/statements/rejection'
import type User from '#users/models/user'

const GOLDEN = [...BANKS, ...TRAPS, ...FORMATS].map((golden) => ({
  ...golden,
  title: `${golden.file}${golden.mapping ? ' with a mapping' : ''}`,
}))

const bytesOf = ({ file }: Golden) => readFile(app.makePath('tests/golden', file))

async function payeesOf(client: ApiClient, user: User): Promise<string[]> {
  const response = await client.get('/api/v1/transactions').qs({ limit: 200 }).loginAs(user)
  return response
    .body()
    .data.map(({ payee }: { payee: string }) => payee)
    .sort()
}

async function rejectionsOf(client: ApiClient, user: User, id: string) {
  const rows = await verdicts(client, user, id, { verdict: 'rejected' })
  return rows.map(({ number, field, reason }) => [
    number,
    field,
    String(reason).replace(/^The account is in .*/, messageOf('otherCurrency', 'currency')),
  ])
}

test.group('Imports / golden set', () => {
  test('books {title} exactly')
    .with(GOLDEN.filter(({ fails }) => fails === null))
    .run(async ({ client, assert }, golden) => {
      const { user, account } = await household({ account: { currency: golden.currency } })
      const { mapping, payees, duplicates, rejected } = golden
      const counts = {
        total: payees.length + duplicates + rejected.length,
        imported: payees.length,
        duplicates,
        rejected: rejected.length,
      }

      const done = await importFile(client, user, account, await bytesOf(golden), { mapping })

      assert.containsSubset(done, { status: 'completed', error: null, counts })
      assert.equal(done.detection!.format, done.format)
      assert.deepEqual(await balances(user), { account: golden.sum })
      assert.deepEqual(await payeesOf(client, user), payees.toSorted())
      assert.deepEqual(
        await rejectionsOf(client, user, done.id),
        rejected.map(([number, field, reason]) => [number, field, messageOf(reason, field)])
      )
    })

  test('refuses {title} for its {fails}')
    .with(GOLDEN.filter(({ fails }) => fails !== null))
    .run(async ({ client, assert }, golden) => {
      const { user, account } = await household({ account: { currency: golden.currency } })

      const done = await importFile(client, user, account, await bytesOf(golden))

      assert.equal(done.status, 'failed')
      assert.equal(done.error!.code, golden.fails)
      assert.isAbove(done.error!.detail.length, 10)
      assert.deepEqual(await balances(user), { account: 0 })
    })

  test('takes {title} back and in again')
    .with(GOLDEN.filter(({ fails }) => fails === null))
    .run(async ({ client, assert }, golden) => {
      const { user, account } = await household({ account: { currency: golden.currency } })
      const bytes = await bytesOf(golden)
      const run = () => importFile(client, user, account, bytes, { mapping: golden.mapping })
      const first = await run()

      const again = await run()
      await revert(client, user, first.id)
      const between = await balances(user)
      const anew = await run()

      assert.equal(again.counts.imported, 0)
      assert.equal(again.counts.duplicates, first.counts.imported + first.counts.duplicates)
      assert.deepEqual(between, { account: 0 })
      assert.deepEqual(anew.counts, first.counts)
      assert.deepEqual(await balances(user), { account: golden.sum })
    })
})
