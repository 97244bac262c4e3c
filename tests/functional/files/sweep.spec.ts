import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import SweepStorage from '#files/actions/sweep_storage'
import { folderOf, newKey } from '#core/storage/keys'
import { system } from '#core/database/system'
import { kept, leaveBehind, uploaded } from '#tests/support/files'
import { household } from '#tests/support/household'
import { upload } from '#tests/support/imports'

/** A key as it was made two days ago. */
function oldId() {
  const time = (Date.now() - 2 * 24 * 60 * 60 * 1000).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}${randomUUIDv7().slice(13)}`
}

test.group('Storage / sweep', () => {
  test('deletes what nobody refers to', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await uploaded(client, user)
    await upload(client, user, checking, 'date,payee,amount\n')
    const young = newKey('files', user.id)
    const old = [
      `${folderOf('files', user.id)}/${oldId()}`,
      `${folderOf('imports', user.id)}/${oldId()}`,
    ]
    for (const key of [young, ...old]) await leaveBehind(key)

    await new SweepStorage().handle()

    assert.lengthOf(await kept(user, 'files'), 2)
    assert.include(await kept(user, 'files'), young.split('/').at(-1)!)
    assert.lengthOf(await kept(user, 'imports'), 1)
  })

  test('spares old files that are referred to', async ({ client, assert }) => {
    const { user } = await household({})
    const id = await uploaded(client, user)
    const key = `${folderOf('files', user.id)}/${oldId()}`
    await leaveBehind(key)
    await system.transaction((trx) => trx.from('files').where('id', id).update({ key }))

    await new SweepStorage().handle()

    assert.include(await kept(user, 'files'), key.split('/').at(-1)!)
  })
})
