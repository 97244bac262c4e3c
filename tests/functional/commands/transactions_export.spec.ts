import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import { CommandProcess, output, run } from '#tests/support/commands'
import { categoryOf, household, record, transfer } from '#tests/support/household'
import { cellsOf, exported } from '#tests/support/transaction_exports'
import TransactionsExport from '../../../commands/transactions_export.js'

async function ledger() {
  const home = await household({ checking: 0, savings: 0 })
  const { user, checking, savings } = home
  const dining = await categoryOf(user, 'Dining')
  await record(user, { accountId: checking.id, amount: -5, payee: 'Café', categoryId: dining.id })
  await record(user, { accountId: checking.id, amount: 9, tags: ['work'], bookedOn: '2026-02-01' })
  await transfer(user, checking, savings, 3)
  return { ...home, dining }
}

test.group('Commands / transactions:export', (group) => {
  let folder: string

  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    folder = await mkdtemp(join(tmpdir(), 'finora-'))
    return async () => {
      ace.ui.switchMode('normal')
      await rm(folder, { recursive: true })
    }
  })

  test('writes {format} as the API does')
    .with([{ format: 'csv' as const }, { format: 'json' as const }, { format: 'qif' as const }])
    .run(async ({ client, assert }, { format }) => {
      const { user } = await ledger()
      const out = join(folder, 'all')

      const argv = [`--user=${user.email}`, `--format=${format}`, `--out=${out}`]
      const command = await run(TransactionsExport, argv)

      command.assertSucceeded()
      assert.equal(await readFile(out, 'utf8'), await exported(client, user, { format }))
      assert.match(output(command), /4 transactions are in/)
    })

  test('keeps the file to its owner', async ({ assert }) => {
    const { user } = await ledger()
    const out = join(folder, 'all.csv')

    await run(TransactionsExport, [`--user=${user.id}`, `--out=${out}`])

    const { mode } = await stat(out)
    assert.equal(mode & 0o077, 0)
    assert.deepEqual(await readdir(folder), ['all.csv'])
  })

  test('follows the filters: {title}')
    .with([
      { title: 'account', argv: ['--account=savings'], count: 1 },
      { title: 'kind', argv: ['--kind=transfer'], count: 2 },
      { title: 'days', argv: ['--from=2026-02-01', '--to=2026-02-28'], count: 1 },
      { title: 'amounts', argv: ['--min-amount=-4', '--max-amount=5'], count: 2 },
      { title: 'text', argv: ['--q=café'], count: 1 },
      { title: 'tag', argv: ['--tag=work'], count: 1 },
    ])
    .run(async ({ assert }, { argv, count }) => {
      const { user } = await ledger()
      const out = join(folder, 'some.csv')

      const command = await run(TransactionsExport, [`--user=${user.id}`, `--out=${out}`, ...argv])

      command.assertSucceeded()
      assert.lengthOf(cellsOf(await readFile(out, 'utf8')), count)
    })

  test('refuses {title}')
    .with([
      { title: 'an unknown user', argv: ['--user=nobody@example.com'], says: /no user nobody/ },
      { title: 'an unknown format', argv: ['--format=xls'], says: /format/ },
      { title: 'a day that is none', argv: ['--from=2026-02-30'], says: /from/ },
      { title: 'an unknown account', argv: ['--account=Vault'], says: /no account "Vault"/ },
      { title: 'a folder that is not there', argv: ['--out=/no/such/file'], says: /ENOENT/ },
    ])
    .run(async ({ assert }, { argv, says }) => {
      const { user } = await ledger()
      const given = argv[0].startsWith('--user') ? argv : [`--user=${user.id}`, ...argv]

      const command = await run(TransactionsExport, [`--out=${join(folder, 'x')}`, ...given])

      command.assertFailed()
      assert.match(output(command), says)
      assert.isEmpty(await readdir(folder))
    })

  test('prints to standard output alone', async ({ client, assert }) => {
    const { user } = await ledger()
    const child = new CommandProcess(['transactions:export', `--user=${user.id}`, '--format=json'])

    const code = await child.ended()

    assert.equal(code, 0)
    assert.equal(child.stdout, await exported(client, user, { format: 'json' }))
  }).timeout(60_000)
})
