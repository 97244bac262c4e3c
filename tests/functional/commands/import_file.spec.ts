import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import { tenant } from '#core/database/tenant'
import { bankFile, BANK_MAPPING, sumBy } from '#tests/support/bank_file'
import { CommandProcess, output, run } from '#tests/support/commands'
import { eventually } from '#tests/support/eventually'
import { balances, household, newcomer, open } from '#tests/support/household'
import { importFile, upload } from '#tests/support/imports'
import Import from '#transactions/models/import'
import type User from '#users/models/user'
import ImportFile from '../../../commands/import_file.js'

const CSV =
  'date,payee,amount\n2026-01-01,Shop,-1.00\n2026-01-02,Shop,no amount\n2026-01-03,Bar,2.50\n'

const KNOWN = { bookedOn: 'When', amount: 'Much', dateFormat: 'DD/MM/YYYY' }

const OFX = `OFXHEADER:100
DATA:OFXSGML

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260101<TRNAMT>-1.00<FITID>B1<NAME>Shop</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`

const { account: unmapped, ...mapping } = BANK_MAPPING

async function importsOf(user: User) {
  return tenant.transaction(user.id, (trx) => Import.query({ client: trx }).orderBy('id'))
}

test.group('Commands / import:file', (group) => {
  let folder: string

  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    folder = await mkdtemp(join(tmpdir(), 'finora-'))
    return async () => {
      ace.ui.switchMode('normal')
      await rm(folder, { recursive: true })
    }
  })

  async function saved(content: string, name = 'bank.csv') {
    const path = join(folder, name)
    await writeFile(path, content)
    return path
  }

  test('books a file and tells of it', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const command = await run(ImportFile, [
      await saved(CSV),
      `--user=${user.email.toUpperCase()}`,
      '--account=Checking',
    ])

    command.assertSucceeded()
    assert.deepEqual(await balances(user), { checking: 1_50 })
    assert.match(output(command), /row 2: The amount cannot be read/)
    assert.match(output(command), /3 rows: 2 imported, 0 known, 1 rejected/)
    const [record] = await importsOf(user)
    assert.containsSubset(record.toJSON(), { status: 'completed', fileName: 'bank.csv' })
    assert.equal(record.accountId, checking.id)
  })

  test('finds out the format by itself', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const path = await saved(OFX, 'bank.ofx')

    const command = await run(ImportFile, [path, `--user=${user.id}`, '--account=checking'])

    command.assertSucceeded()
    assert.deepEqual(await balances(user), { checking: -1_00 })
    const [record] = await importsOf(user)
    assert.equal(record.format, 'ofx')
  })

  test('goes by ids, and books nothing twice', async ({ assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const argv = [await saved(CSV), `--user=${user.id}`, `--account=${checking.id}`]
    await run(ImportFile, argv)

    const again = await run(ImportFile, argv)

    again.assertSucceeded()
    assert.match(output(again), /3 rows: 0 imported, 2 known, 1 rejected/)
    assert.deepEqual(await balances(user), { checking: 1_50 })
  })

  test('tries a file without booking it', async ({ assert }) => {
    const { user } = await household({ checking: 0 })

    const command = await run(ImportFile, [
      await saved(CSV),
      `--user=${user.id}`,
      '--account=checking',
      '--dry-run',
    ])

    command.assertSucceeded()
    assert.match(output(command), /2 to be imported/)
    assert.deepEqual(await balances(user), { checking: 0 })
  })

  test('reads a mapping, and makes what is missing', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const file = bankFile(200)
    const mappingFile = await saved(JSON.stringify(BANK_MAPPING), 'mapping.json')

    const command = await run(ImportFile, [
      await saved(file.csv),
      `--user=${user.id}`,
      '--account=checking',
      `--mapping=@${mappingFile}`,
      '--create-missing',
    ])

    command.assertSucceeded()
    assert.deepEqual(await balances(user), {
      checking: 0,
      ...sumBy(file.rows, ({ account }) => account),
    })
  })

  test('sees by itself what a file is', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const path = await saved('!Type:Bank\nD2026-01-31\nT-12.99\nPShop\n^\n', 'bank.txt')

    const command = await run(ImportFile, [path, `--user=${user.id}`, '--account=checking'])

    command.assertSucceeded()
    assert.deepEqual(await balances(user), { checking: -12_99 })
    const [record] = await importsOf(user)
    assert.equal(record.format, 'qif')
  })

  test('goes on with an upload {title}')
    .with([
      { title: 'of a known header', restoreDeleted: false, imports: 2 },
      { title: 'unless it restores', restoreDeleted: true, imports: 3 },
    ])
    .run(async ({ client, assert }, { restoreDeleted, imports }) => {
      const { user, checking } = await household({ checking: 0 })
      const saving = { mapping: KNOWN, fields: { saveProfile: 'true' } }
      await importFile(client, user, checking, 'When;Much\n02/03/2026;-1.00\n', saving)
      const left = 'When;Much\n03/03/2026;-2.00\n'
      await upload(client, user, checking, left, { restoreDeleted })

      const command = await run(ImportFile, [
        await saved(left),
        `--user=${user.id}`,
        '--account=checking',
      ])

      command.assertSucceeded()
      assert.lengthOf(await importsOf(user), imports)
      assert.deepEqual(await balances(user), { checking: -3_00 })
    })

  test('refuses {title}')
    .with([
      { title: 'an unknown user', argv: ['--user=nobody@example.com'], says: /no user nobody/ },
      { title: 'an unknown account', argv: ['--account=Vault'], says: /no account "Vault"/ },
      { title: 'a name of two accounts', argv: ['--account=Twin'], says: /Several accounts/ },
      { title: 'a format there is not', argv: ['--format=doc'], says: /format/ },
      { title: 'a mapping that is no JSON', argv: ['--mapping={'], says: /must be JSON/ },
      {
        title: 'an unknown field of a mapping',
        argv: ['--mapping={"who":"x"}'],
        says: /not known/,
      },
      { title: 'a mapping that is not there', argv: ['--mapping=@/no/such'], says: /ENOENT/ },
      {
        title: 'a column that is not there',
        argv: ['--mapping={"bookedOn":"x","amount":"y"}'],
        says: /no column/,
      },
    ])
    .run(async ({ assert }, { argv, says }) => {
      const { user } = await household({ checking: 0 })
      await open(user, 'Twin')
      await open(user, 'twin')

      const command = await run(ImportFile, [
        await saved(CSV),
        ...(argv[0].startsWith('--user') ? [] : [`--user=${user.id}`]),
        ...(argv[0].startsWith('--account') ? [] : ['--account=checking']),
        ...argv,
      ])

      command.assertFailed()
      assert.match(output(command), says)
      assert.deepEqual(await balances(user), { checking: 0, Twin: 0, twin: 0 })
    })

  test('refuses a file that {title}')
    .with([
      { title: 'is not there', path: '/no/such/file.csv', says: /ENOENT/ },
      { title: 'is a folder', path: '/tmp', says: /EISDIR|folder|directory/i },
    ])
    .run(async ({ assert }, { path, says }) => {
      const { user } = await household({ checking: 0 })

      const command = await run(ImportFile, [path, `--user=${user.id}`, '--account=checking'])

      command.assertFailed()
      assert.match(output(command), says)
      assert.isEmpty(await importsOf(user))
    })

  test('refuses what is no statement', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const argv = [await saved('%PDF-1.7\n'), `--user=${user.id}`, '--account=checking']

    const command = await run(ImportFile, argv)

    command.assertFailed()
    assert.match(output(command), /not a statement/)
  })

  test("opens nobody else's account", async ({ assert }) => {
    const [owner, stranger] = [await household({ checking: 0 }), await newcomer()]
    const argv = [await saved(CSV), `--user=${stranger.id}`, `--account=${owner.checking.id}`]

    const command = await run(ImportFile, argv)

    command.assertFailed()
    assert.deepEqual(await balances(owner.user), { checking: 0 })
  })

  test('goes on where it was interrupted', async ({ assert }) => {
    const { user } = await household({ checking: 0 })
    const file = bankFile(60_000)
    const path = await saved(file.csv)
    const argv = [
      path,
      `--user=${user.id}`,
      '--account=checking',
      `--mapping=${JSON.stringify(mapping)}`,
    ]
    const child = new CommandProcess(['import:file', ...argv])
    await eventually(async () => {
      const [record] = await importsOf(user)
      return record && record.processedRows > 0
    }, 30_000)

    child.interrupt()
    const code = await child.ended()
    const [interrupted] = await importsOf(user)
    const command = await run(ImportFile, argv)

    assert.equal(code, 130)
    assert.match(child.stderr + child.stdout, /goes on from here/)
    assert.equal(interrupted.status, 'active')
    command.assertSucceeded()
    const total = file.rows.reduce((sum, { amount }) => sum + amount, 0)
    assert.deepEqual(await balances(user), { checking: total })
    const records = await importsOf(user)
    assert.lengthOf(records, 1)
    assert.isBelow(interrupted.processedRows, records[0].processedRows)
  }).timeout(90_000)
})
