import { test } from '@japa/runner'
import { household, newcomer } from '#tests/support/household'

const PATH = '/api/v1/users/me'

test.group('Profile', () => {
  test('shows who you are', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client.get(PATH).loginAs(user)

    response.assertStatus(200)
    assert.equal(response.body().id, user.id)
    assert.match(response.header('etag')!, /^".+"$/)
    assert.notInclude(response.text(), 'password')
  })

  test('changes what you ask for', async ({ client, assert }) => {
    const user = await newcomer()
    const changes = { name: 'Ada', currency: 'JPY', timezone: 'Asia/Tokyo', locale: 'ja-JP' }

    const changed = await client.patch(PATH).loginAs(user).json(changes)
    const shown = await client.get(PATH).loginAs(user)

    changed.assertStatus(200)
    assert.containsSubset(changed.body(), changes)
    assert.deepEqual(shown.body(), changed.body())
    assert.equal(shown.header('etag'), changed.header('etag'))
  })

  test('takes a zone by any name it has: {$self}')
    .with(['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'UTC'])
    .run(async ({ client, assert }, timezone) => {
      const user = await newcomer()

      const response = await client.patch(PATH).loginAs(user).json({ timezone })

      response.assertStatus(200)
      assert.equal(response.body().timezone, timezone)
    })

  test('counts in the new currency at once', async ({ client, assert }) => {
    const { user } = await household({ checking: 5, dollars: { opening: 7, currency: 'USD' } })
    const before = await client.get('/api/v1/wallet/summary').loginAs(user)
    await client.patch(PATH).loginAs(user).json({ currency: 'USD' })

    const after = await client.get('/api/v1/wallet/summary').loginAs(user)

    assert.containsSubset(before.body(), { currency: 'EUR', totalBalance: 5 })
    assert.containsSubset(after.body(), { currency: 'USD', totalBalance: 7 })
    assert.deepEqual(after.body().unconverted, [{ currency: 'EUR', amount: 5 }])
  })

  test('refuses {field}: {value}')
    .with([
      { field: 'name', value: '' },
      { field: 'name', value: 'x'.repeat(101) },
      { field: 'currency', value: 'ABC' },
      { field: 'timezone', value: 'Nowhere' },
      { field: 'timezone', value: '+05:30' },
      { field: 'timezone', value: 'CET' },
      { field: 'locale', value: 'e' },
      { field: 'role', value: 'ADMIN' },
      { field: 'email', value: 'other@example.com' },
      { field: 'password', value: 'another password' },
    ])
    .run(async ({ client, assert }, { field, value }) => {
      const user = await newcomer()

      const response = await client
        .patch(PATH)
        .loginAs(user)
        .json({ [field]: value })

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
    })

  test('loses no update unnoticed', async ({ client, assert }) => {
    const user = await newcomer()
    const shown = await client.get(PATH).loginAs(user)
    const seen = shown.header('etag')!
    const change = (name: string, tag: string) =>
      client.patch(PATH).loginAs(user).header('if-match', tag).json({ name })

    const first = await change('First', seen)
    const second = await change('Second', seen)
    const weak = await change('Weak', `W/${first.header('etag')}`)
    const any = await change('Any', '*')

    assert.deepEqual(
      [first, second, weak, any].map((response) => response.status()),
      [200, 412, 412, 200]
    )
    assert.equal(second.body().code, 'PreconditionFailed')
  })

  test('lets one of many concurrent edits win', async ({ client, assert }) => {
    const user = await newcomer()
    const shown = await client.get(PATH).loginAs(user)
    const seen = shown.header('etag')!

    const responses = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        client
          .patch(PATH)
          .loginAs(user)
          .header('if-match', seen)
          .json({ name: `Name ${i}` })
      )
    )

    const statuses = responses.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [200, 412, 412, 412, 412, 412])
  })

  test('asks for a sign-in', async ({ client }) => {
    const shown = await client.get(PATH)
    const changed = await client.patch(PATH).json({ name: 'X' })

    shown.assertStatus(401)
    changed.assertStatus(401)
  })
})
