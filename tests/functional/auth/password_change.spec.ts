import { test } from '@japa/runner'
import { attempt, auditOf, canSignIn, WRONG } from '#tests/support/credentials'
import { newcomer, PASSWORD } from '#tests/support/household'
import { Mailbox } from '#tests/support/mailbox'
import { refreshStatus, signIn, statusOf } from '#tests/support/sign_in'

const PATH = '/api/v1/users/me/password'
const NEW = 'a better horse, this time'

test.group('Password change', () => {
  test('signs out everywhere, at once', async ({ client, assert }) => {
    const user = await newcomer()
    const [here, there] = [await signIn(client, user), await signIn(client, user)]

    const response = await client
      .post(PATH)
      .bearerToken(here.accessToken)
      .json({ currentPassword: PASSWORD, password: NEW })

    response.assertStatus(204)
    for (const tokens of [here, there]) {
      assert.equal(await statusOf(client, tokens.accessToken), 401)
      assert.equal(await refreshStatus(client, tokens), 401)
    }
    assert.isFalse(await canSignIn(client, user))
    assert.isTrue(await canSignIn(client, user, NEW))
    assert.include(await auditOf(user), 'password.changed')
  })

  test('asks for the current one', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await client
      .post(PATH)
      .loginAs(user)
      .json({ currentPassword: WRONG, password: NEW })

    response.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'currentPassword')
    assert.isTrue(await canSignIn(client, user))
  })

  test('locks whoever guesses with a stolen token', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)
    const guess = (currentPassword: string) =>
      client.post(PATH).bearerToken(accessToken).json({ currentPassword, password: NEW })

    const answers = await Promise.all(Array.from({ length: 12 }, () => guess(WRONG)))
    const right = await guess(PASSWORD)
    const login = await attempt(client, user.email, PASSWORD)

    const statuses = answers.map((answer) => answer.status())
    assert.lengthOf(
      statuses.filter((status) => status === 422),
      5
    )
    assert.lengthOf(
      statuses.filter((status) => status === 423),
      7
    )
    right.assertStatus(423)
    login.assertStatus(423)
    assert.equal(await statusOf(client, accessToken), 200)
  })

  test('refuses {title}')
    .with([
      { title: 'a short one', password: 'elevenchars', rule: 'minLength' },
      { title: 'a long one', password: 'ab cd ef gh '.repeat(11), rule: 'maxLength' },
      { title: 'a common one', password: 'qwertyuiop123', rule: 'commonPassword' },
      { title: 'the own name', password: 'Ada-Lovelace', rule: 'personalPassword' },
      { title: "the product's name", password: 'finora-123456', rule: 'personalPassword' },
    ])
    .run(async ({ client, assert }, { password, rule }) => {
      const user = await newcomer()

      const response = await client
        .post(PATH)
        .loginAs(user)
        .json({ currentPassword: PASSWORD, password })

      response.assertStatus(422)
      const [{ field, rule: broken }] = response.body().errors
      assert.deepEqual([field, broken], ['password', rule])
    })

  test('asks for a sign-in', async ({ client }) => {
    const response = await client.post(PATH).json({ currentPassword: PASSWORD, password: NEW })

    response.assertStatus(401)
  })
})

test.group('Password change / mail', (group) => {
  const { mailbox } = Mailbox.setup(group)

  test('tells the owner', async ({ client, assert }) => {
    const user = await newcomer()

    await client.post(PATH).loginAs(user).json({ currentPassword: PASSWORD, password: NEW })

    const { raw } = await mailbox().next(user.email, /password was changed/)
    assert.notInclude(raw, NEW)
  })
})
