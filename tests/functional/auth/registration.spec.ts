import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import { PASSWORD, newcomer } from '#tests/support/household'

const PATH = '/api/v1/auth/register'

const somebody = () => ({
  email: `${randomUUIDv7()}@example.com`,
  password: PASSWORD,
  name: 'Grace Hopper',
})

test.group('Registration', () => {
  test('makes a user who can sign in', async ({ client, assert }) => {
    const body = { ...somebody(), currency: 'CHF', timezone: 'Asia/Kolkata', locale: 'de-CH' }

    const response = await client.post(PATH).json(body)

    const { password, ...details } = body
    response.assertStatus(201)
    assert.containsSubset(response.body(), { ...details, role: 'USER', emailVerified: false })
    assert.notInclude(response.text().toLowerCase(), 'argon')
    const login = await client.post('/api/v1/auth/login').json({ email: body.email, password })
    login.assertStatus(200)
  })

  test('never repeats the password', async ({ client, assert }) => {
    const body = somebody()

    const made = await client.post(PATH).json(body)
    const refused = await client.post(PATH).json({ ...body, name: '' })

    assert.notInclude(made.text(), body.password)
    assert.notProperty(made.body(), 'password')
    assert.notInclude(refused.text(), body.password)
  })

  test('gives categories to start with', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client
      .get('/api/v1/transactions/categories')
      .qs({ limit: 200 })
      .loginAs(user)

    const named = new Map(
      response.body().data.map((category: { name: string }) => [category.name, category])
    )
    const [transport, fuel] = [named.get('Transport'), named.get('Fuel')] as {
      id: string
      parentId: string | null
    }[]
    assert.isAbove(named.size, 10)
    assert.isNull(transport.parentId)
    assert.equal(fuel.parentId, transport.id)
  })

  test('takes an address once, whatever its case', async ({ client, assert }) => {
    const body = somebody()
    await client.post(PATH).json(body)

    const again = await client.post(PATH).json({ ...body, email: body.email.toUpperCase() })

    again.assertStatus(409)
    assert.equal(again.body().code, 'EmailTaken')
  })

  test('lets one of many win', async ({ client, assert }) => {
    const body = somebody()

    const responses = await Promise.all(
      Array.from({ length: 8 }, () => client.post(PATH).json(body))
    )

    const statuses = responses.map((response) => response.status()).sort()
    assert.deepEqual(statuses, [201, 409, 409, 409, 409, 409, 409, 409])
  })

  test('refuses {field}: {value}')
    .with([
      { field: 'email', value: 'nobody' },
      { field: 'email', value: 'a@b@c.de' },
      { field: 'email', value: 'a@example.com\r\nBcc: b@example.com' },
      { field: 'email', value: 'a＠b@example.com' },
      { field: 'email', value: 'a，b@example.com' },
      { field: 'email', value: 'a＜b＞@example.com' },
      { field: 'email', value: 'а@example.com' },
      { field: 'email', value: 'a@exämple.com' },
      { field: 'email', value: '"a,b"@example.com' },
      { field: 'email', value: '"a@example.org x"@example.com' },
      { field: 'email', value: `${'ﷺ'.repeat(20)}@example.com` },
      { field: 'password', value: 'elevenchars' },
      { field: 'password', value: 'x'.repeat(129) },
      { field: 'name', value: '' },
      { field: 'currency', value: 'EURO' },
      { field: 'timezone', value: 'Mars/Olympus' },
      { field: 'locale', value: '../etc' },
      { field: 'role', value: 'ADMIN' },
      { field: 'emailVerified', value: true },
      { field: 'ledgerVersion', value: 7 },
    ])
    .run(async ({ client, assert }, { field, value }) => {
      const response = await client.post(PATH).json({ ...somebody(), [field]: value })

      response.assertStatus(422)
      assert.deepEqual(
        response.body().errors.map((error: { field: string }) => error.field),
        [field]
      )
    })

  test('accepts the longest password', async ({ client }) => {
    const body = { ...somebody(), password: 'pässwörd '.repeat(14) }

    const made = await client.post(PATH).json(body)

    made.assertStatus(201)
    const login = await client.post('/api/v1/auth/login').json(body)
    login.assertStatus(422)
    const { email, password } = body
    const accepted = await client.post('/api/v1/auth/login').json({ email, password })
    accepted.assertStatus(200)
  })
})
