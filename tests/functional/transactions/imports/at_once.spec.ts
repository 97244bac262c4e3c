import { test } from '@japa/runner'
import { household } from '#tests/support/household'
import { read, upload } from '#tests/support/imports'

const CSV = `id,date,account,payee,amount
1,2026-01-05,Savings,Anna,-10.00
2,2026-01-06,Savings,Ben,25.00
`

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
})
