import { test } from '@japa/runner'
import { keyrings, sealedColumns } from '#config/secrets'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import { Resealing } from '#core/secrets/resealing'
import { keyIdOf, sealingKey } from '#core/secrets/sealed_column'
import { catalog } from '#tests/support/catalog'
import { newcomer } from '#tests/support/household'
import { makeWebhook, UNREACHABLE, WEBHOOKS } from '#tests/support/webhooks'

const column = sealedColumns.otpSecret
const NEXT = 'what the application key becomes'

/** Users whose secret is sealed, all in one statement so that there can be many. */
async function sealedRows(count: number) {
  const { id: template } = await newcomer()
  const ids = await system.transaction(async (trx) => {
    const { rows } = await trx.rawQuery(
      `INSERT INTO users (id, email, password, name, currency, timezone, locale)
       SELECT gen_random_uuid(), gen_random_uuid() || '@example.com', 'x', 'X', 'EUR', 'UTC', 'en'
       FROM generate_series(1, ?) RETURNING id`,
      [count - 1]
    )
    return [template, ...rows.map(({ id }: { id: string }) => id)]
  })
  await system.transaction((trx) =>
    trx
      .table('otp_enrolments')
      .multiInsert(
        ids.map((id) => ({ user_id: id, secret_sealed: column.seal(Buffer.from(id), [id]) }))
      )
  )
  return ids
}

function sealedOf(userId: string): Promise<Buffer> {
  return tenant.transaction(userId, async (trx) => {
    const row = await trx.from('otp_enrolments').firstOrFail()
    return row.secret_sealed
  })
}

function forgetAll() {
  return system.transaction((trx) => trx.from('otp_enrolments').delete())
}

test.group('Resealing', (group) => {
  const { newest, previous } = keyrings.APP_KEY

  group.each.setup(async () => {
    await forgetAll()
    keyrings.APP_KEY.replace({ newest: NEXT, previous: newest.secret })
    return async () => {
      keyrings.APP_KEY.replace({ newest: newest.secret, previous: previous?.secret })
      await forgetAll()
    }
  })

  test('seals every value anew, batch by batch', async ({ assert }) => {
    const ids = await sealedRows(450)
    const resealing = new Resealing([column], sealingKey(NEXT))

    const before = await resealing.countOf(newest)
    const outcome = await resealing.handle()

    assert.equal(before, 450)
    assert.deepEqual(outcome, { resealed: 450, unopenable: 0 })
    assert.equal(await resealing.countOf(newest), 0)
    for (const id of [ids[0], ids[200], ids[449]]) {
      const value = await sealedOf(id)
      assert.equal(keyIdOf(value), sealingKey(NEXT).id)
      assert.equal(column.open(value, [id]).toString(), id)
    }
  })

  test('leaves and counts what it cannot open', async ({ assert }) => {
    const [good, moved] = await sealedRows(2)
    await system.transaction((trx) =>
      trx
        .from('otp_enrolments')
        .where('user_id', moved)
        .update({ secret_sealed: column.seal(Buffer.from('x'), [good]) })
    )
    const before = await sealedOf(moved)

    const outcome = await new Resealing([column], sealingKey(NEXT)).handle()

    assert.deepEqual(outcome, { resealed: 1, unopenable: 1 })
    assert.isTrue(before.equals(await sealedOf(moved)))
  })

  test('keeps what a user changes meanwhile', async ({ assert }) => {
    const [id] = await sealedRows(1)
    const value = column.seal(Buffer.from('changed'), [id])

    const [outcome] = await Promise.all([
      new Resealing([column], sealingKey(NEXT)).handle(),
      tenant.transaction(id, (trx) => trx.from('otp_enrolments').update({ secret_sealed: value })),
    ])

    assert.equal(outcome.unopenable, 0)
    assert.equal(column.open(await sealedOf(id), [id]).toString(), 'changed')
  })

  test('seals what the rows of a user hold anew', async ({ client, assert, cleanup }) => {
    const user = await newcomer()
    const { webhookSecret, previousWebhookSecret } = sealedColumns
    const made = await makeWebhook(client, user, UNREACHABLE)
    const other = await makeWebhook(client, user, UNREACHABLE)
    const rotated = await client.post(`${WEBHOOKS}/${made.id}/secret`).loginAs(user)
    const columns = [webhookSecret, previousWebhookSecret]
    cleanup(async () => {
      await system.transaction((trx) => trx.from('webhooks').where('user_id', user.id).delete())
    })

    const { unopenable } = await new Resealing(columns, sealingKey(NEXT)).handle()

    keyrings.APP_KEY.replace({ newest: NEXT })
    const rows = await tenant.transaction(user.id, (trx) => trx.from('webhooks').orderBy('id'))
    const [first, second] = rows
    assert.equal(unopenable, 0)
    const opened = [
      webhookSecret.open(first.secret_sealed, [user.id, made.id]),
      previousWebhookSecret.open(first.previous_secret_sealed, [user.id, made.id]),
      webhookSecret.open(second.secret_sealed, [user.id, other.id]),
    ]
    assert.deepEqual(opened.map(String), [rotated.body().secret, made.secret, other.secret])
  })

  test('knows every sealed column there is', async ({ assert }) => {
    const found = await catalog(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed'`
    )

    const known = Object.values(sealedColumns).map(({ place }) => place)
    assert.sameDeepMembers(
      found,
      known.map(({ table, column: name }) => ({ table, column: name }))
    )
  })
})
