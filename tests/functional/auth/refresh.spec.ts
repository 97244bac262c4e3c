import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import { newcomer } from '#tests/support/household'
import { refresh, refreshStatus, signIn, statusOf } from '#tests/support/sign_in'

test.group('Sessions / refresh', () => {
  test('exchanges a token once', async ({ client, assert }) => {
    const first = await signIn(client, await newcomer())

    const response = await refresh(client, first)

    response.assertStatus(200)
    assert.notEqual(response.body().refreshToken, first.refreshToken)
    assert.notProperty(response.body(), 'user')
    assert.equal(await statusOf(client, response.body().accessToken), 200)
  })

  test('goes on for generations', async ({ client, assert }) => {
    let tokens = await signIn(client, await newcomer())

    for (let generation = 0; generation < 5; generation++) {
      const response = await refresh(client, tokens)
      response.assertStatus(200)
      tokens = response.body()
    }

    assert.equal(await statusOf(client, tokens.accessToken), 200)
  })

  test('kills the family of a copied token', async ({ client, assert }) => {
    const user = await newcomer()
    const copied = await signIn(client, user)
    const other = await signIn(client, user)
    const rotated = await refresh(client, copied)
    const current = rotated.body()

    const reuse = await refresh(client, copied)

    reuse.assertStatus(401)
    assert.equal(reuse.body().code, 'InvalidRefreshToken')
    assert.equal(await refreshStatus(client, current), 401)
    assert.equal(await statusOf(client, current.accessToken), 401)
    assert.equal(await statusOf(client, other.accessToken), 200)
    assert.equal(await refreshStatus(client, other), 200)
  })

  test('lets one of twenty win', async ({ client, assert }) => {
    const tokens = await signIn(client, await newcomer())

    const responses = await Promise.all(Array.from({ length: 20 }, () => refresh(client, tokens)))

    const won = responses.filter((response) => response.status() === 200)
    const lost = responses.filter((response) => response.status() === 401)
    assert.lengthOf(won, 1)
    assert.lengthOf(lost, 19)
    const child = won[0].body()
    assert.equal(await statusOf(client, child.accessToken), 200)
    assert.equal(await refreshStatus(client, child), 200)
  })

  test('kills the family later, twenty or not', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    const other = await signIn(client, user)
    const responses = await Promise.all(Array.from({ length: 20 }, () => refresh(client, tokens)))
    const child = responses.find((response) => response.status() === 200)!.body()

    assert.equal(await refreshStatus(client, tokens), 401)

    assert.equal(await refreshStatus(client, child), 401)
    assert.equal(await statusOf(client, child.accessToken), 401)
    assert.equal(await statusOf(client, other.accessToken), 200)
  })

  test('ignores tokens of its own shape', async ({ client, assert }) => {
    const tokens = await signIn(client, await newcomer())
    const bytes = Buffer.from(tokens.refreshToken.slice('fin_rt_'.length), 'base64url')
    const invented = Buffer.concat([bytes.subarray(0, 32), randomBytes(48)])

    const response = await refresh(client, {
      refreshToken: `fin_rt_${invented.toString('base64url')}`,
    })

    response.assertStatus(401)
    assert.equal(await refreshStatus(client, tokens), 200)
  })

  test('refuses {title}')
    .with([
      { title: 'nothing', refreshToken: '' },
      { title: 'a stranger', refreshToken: 'fin_rt_AAAA' },
      { title: 'another prefix', refreshToken: `fin_pat_${'A'.repeat(107)}` },
      { title: 'zeros', refreshToken: `fin_rt_${'A'.repeat(107)}` },
    ])
    .run(async ({ client, assert }, { refreshToken }) => {
      const response = await refresh(client, { refreshToken })

      assert.include([401, 422], response.status())
    })

  test('takes no access token instead', async ({ client }) => {
    const { accessToken } = await signIn(client, await newcomer())

    const response = await refresh(client, { refreshToken: accessToken })

    response.assertStatus(401)
  })

  test('ends when the session is over', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    await system.transaction((trx) =>
      trx.rawQuery(`UPDATE sessions SET expires_at = now() - interval '1 s' WHERE user_id = ?`, [
        user.id,
      ])
    )

    const response = await refresh(client, tokens)

    response.assertStatus(401)
    assert.equal(await statusOf(client, tokens.accessToken), 401)
  })

  test('is told when the session ends for good', async ({ client, assert }) => {
    const user = await newcomer()
    const tokens = await signIn(client, user)
    const age = (days: number) =>
      system.transaction((trx) =>
        trx.rawQuery(
          `UPDATE sessions SET created_at = created_at - make_interval(days => ?) WHERE user_id = ?`,
          [days, user.id]
        )
      )

    const young = await refresh(client, tokens)
    await age(89)
    const old = await refresh(client, young.body())
    await age(1)
    const last = await refresh(client, old.body())

    assert.equal(young.body().refreshExpiresIn, 7 * 86_400)
    assert.closeTo(old.body().refreshExpiresIn, 86_400, 5)
    assert.closeTo(last.body().refreshExpiresIn ?? 0, 0, 5)
    assert.equal(await refreshStatus(client, last.body()), 401)
  })

  test('keeps no token readable', async ({ client, assert }) => {
    const user = await newcomer()
    const { refreshToken } = await signIn(client, user)

    const { rows } = await system.transaction((trx) =>
      trx.rawQuery('SELECT row_to_json(s)::text AS row FROM sessions s WHERE user_id = ?', [
        user.id,
      ])
    )

    assert.lengthOf(rows, 1)
    assert.notInclude(rows[0].row, refreshToken)
    assert.notInclude(rows[0].row, Buffer.from(refreshToken).toString('hex'))
  })
})
