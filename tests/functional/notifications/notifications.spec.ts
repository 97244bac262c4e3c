import { randomUUIDv7 } from 'node:crypto'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { audit } from '#core/audit/audit'
import { system } from '#core/database/system'
import { tenant } from '#core/database/tenant'
import ForgetNotifications from '#notifications/actions/forget_notifications'
import TellUser from '#notifications/jobs/tell_user'
import { carryOut } from '#tests/support/rules'
import { gather } from '#tests/support/exports'
import { household, newcomer } from '#tests/support/household'
import { importFile } from '#tests/support/imports'
import { PATH, stretchesOf, tellAll, told } from '#tests/support/notifications'
import type User from '#users/models/user'

const STATEMENT = 'Date;Amount;Payee\n2026-01-15;-1;Shop\n2026-01-16;-2;Shop\n2026-01-17;x;Shop\n'

async function listed(client: ApiClient, user: User, query: object = {}) {
  const response = await client.get(PATH).qs(query).loginAs(user)
  response.assertStatus(200)
  return response.body() as { data: Record<string, any>[]; meta: Record<string, any> }
}

async function signInFrom(client: ApiClient, user: User, userAgent: string) {
  const response = await client
    .post('/api/v1/auth/login')
    .header('user-agent', userAgent)
    .json({ email: user.email, password: 'correct horse battery' })
  response.assertStatus(200)
}

test.group('Notifications / list', () => {
  test('shows what was told, newest first', async ({ client, assert }) => {
    const user = await newcomer()
    const first = await told(user)
    const second = await told(user, { title: 'Another' })

    const { data, meta } = await listed(client, user)

    assert.deepEqual(
      data.map(({ id }) => id),
      [second, first]
    )
    assert.containsSubset(data[1], {
      kind: 'import.failed',
      title: 'Your import failed',
      body: 'It did',
      subject: null,
      data: {},
      readAt: null,
    })
    assert.deepEqual(meta, { nextCursor: null, unread: 2 })
  })

  test('pages and filters', async ({ client, assert }) => {
    const user = await newcomer()
    const ids = [await told(user), await told(user, { kind: 'export.ready' }), await told(user)]
    await client.patch(`${PATH}/${ids[2]}`).loginAs(user).json({ read: true })
    const idsOf = async (query: object) => {
      const { data } = await listed(client, user, query)
      return data.map(({ id }) => id)
    }

    const page = await listed(client, user, { limit: 2 })
    const cursor = page.meta.nextCursor

    assert.deepEqual(await idsOf({ limit: 2, cursor }), [ids[0]])
    assert.deepEqual(await idsOf({ unread: 'true' }), [ids[1], ids[0]])
    assert.deepEqual(await idsOf({ unread: 'false' }), [ids[2]])
    assert.deepEqual(await idsOf({ kind: 'export.ready' }), [ids[1]])
    assert.equal(page.meta.unread, 2)
  })

  test('refuses filters it does not know', async ({ client }) => {
    const user = await newcomer()

    for (const query of [{ kind: 'gossip' }, { unread: 'maybe' }, { cursor: 'x' }]) {
      const response = await client.get(PATH).qs(query).loginAs(user)
      response.assertStatus(422)
    }
  })

  test('asks for a sign-in', async ({ client }) => {
    const response = await client.get(PATH)

    response.assertStatus(401)
  })
})

test.group('Notifications / reading', () => {
  test('is marked read, and unread again', async ({ client, assert }) => {
    const user = await newcomer()
    const one = `${PATH}/${await told(user)}`

    const read = await client.patch(one).loginAs(user).json({ read: true })
    const again = await client.patch(one).loginAs(user).json({ read: true })
    const unread = await client.patch(one).loginAs(user).json({ read: false })

    assert.isString(read.body().readAt)
    assert.equal(again.body().readAt, read.body().readAt)
    assert.isNull(unread.body().readAt)
  })

  test('loses no update', async ({ client }) => {
    const user = await newcomer()
    const one = `${PATH}/${await told(user)}`
    const shown = await client.get(one).loginAs(user)
    const etag = shown.header('etag')!
    await client.patch(one).loginAs(user).json({ read: true })

    const late = await client
      .patch(one)
      .loginAs(user)
      .header('if-match', etag)
      .json({ read: false })

    late.assertStatus(412)
  })

  test('is done at once, up to a moment', async ({ client, assert }) => {
    const user = await newcomer()
    await told(user)
    const first = await listed(client, user)
    const before = first.data[0].createdAt
    await told(user)
    await told(user)

    const some = await client.post(`${PATH}/read-all`).loginAs(user).json({ before })
    const rest = await client.post(`${PATH}/read-all`).loginAs(user).json({})

    assert.deepEqual([some.body(), rest.body()], [{ updated: 1 }, { updated: 2 }])
    const { meta } = await listed(client, user)
    assert.equal(meta.unread, 0)
  })

  test('is nobody else’s business', async ({ client, assert }) => {
    const [user, stranger] = [await newcomer(), await newcomer()]
    const one = `${PATH}/${await told(user)}`

    const answers = [
      await client.get(one).loginAs(stranger),
      await client.patch(one).loginAs(stranger).json({ read: true }),
      await client.delete(one).loginAs(stranger),
    ]
    await client.post(`${PATH}/read-all`).loginAs(stranger).json({})

    assert.deepEqual(
      answers.map((answer) => answer.status()),
      [404, 404, 404]
    )
    const { meta } = await listed(client, user)
    assert.equal(meta.unread, 1)
  })
})

test.group('Notifications / telling', () => {
  test('says how an import went', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const { id } = await importFile(client, user, checking, STATEMENT, { name: 'january.csv' })

    await tellAll(user)

    const { data } = await listed(client, user, { kind: 'import.completed' })
    assert.lengthOf(data, 1)
    assert.deepInclude(data[0], {
      title: 'Your import is finished',
      body: 'january.csv: 2 rows imported, 0 known already, 1 rejected.',
      subject: { type: 'import', id },
      data: { imported: 2, duplicates: 0, rejected: 1 },
    })
  })

  test('says that a dry run books nothing', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, STATEMENT, { dryRun: true })

    await tellAll(user)

    const { data } = await listed(client, user)
    assert.equal(data[0].title, 'Your import was checked')
    assert.match(data[0].body, /Nothing is booked until you confirm it\.$/)
  })

  test('tells of a rule that ran, and of an export', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    const rule = await client
      .post('/api/v1/transactions/rules')
      .loginAs(user)
      .json({
        name: 'Groceries',
        conditions: [{ field: 'payee', operator: 'contains', value: 'shop' }],
        actions: [{ kind: 'setPayee', payee: 'Shop' }],
      })
    const run = await client
      .post(`/api/v1/transactions/rules/${rule.body().id}/runs`)
      .loginAs(user)
      .json({})
    await carryOut(user, run.body().id)
    const requested = await client.post('/api/v1/users/me/export').loginAs(user)
    await gather(user, requested.body().id)

    await tellAll(user)

    const { data } = await listed(client, user)
    assert.deepEqual(
      data.map(({ kind, title }) => [kind, title]),
      [
        ['export.ready', 'Your export is ready'],
        ['rule_run.completed', 'Your rule has run'],
      ]
    )
    assert.equal(data[1].body, 'Groceries changed 0 of your transactions.')
    assert.match(data[0].body, /among your files, until \d{1,2} \w+ \d{4}\.$/)
    assert.isString(data[0].data.fileId)
  })

  test('tells each event once, however often it comes', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, STATEMENT)
    const tell = await app.container.make(TellUser)
    const stretches = await stretchesOf(user)

    for (let time = 0; time < 3; time++) {
      await Promise.all(stretches.map((stretch) => tell.handle(stretch)))
    }

    const { data } = await listed(client, user)
    assert.lengthOf(data, 1)
  })

  test('does not tell again what was deleted', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    await importFile(client, user, checking, STATEMENT, { name: 'secret.csv' })
    await tellAll(user)
    const { data } = await listed(client, user)

    const deleted = await client.delete(`${PATH}/${data[0].id}`).loginAs(user)
    await tellAll(user)

    deleted.assertStatus(204)
    const after = await listed(client, user)
    assert.deepEqual(after, { data: [], meta: { nextCursor: null, unread: 0 } })
    const kept = await tenant.transaction(user.id, (trx) => trx.from('notifications').select('*'))
    assert.notInclude(JSON.stringify(kept), 'secret.csv')
  })

  test('tells nobody of another’s events', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const stranger = await newcomer()
    await importFile(client, user, checking, STATEMENT)

    await tellAll(user)

    const { data } = await listed(client, stranger)
    assert.lengthOf(data, 0)
  })

  test('leaves those alone who are gone', async ({ client, assert }) => {
    const user = await newcomer()
    for (const userAgent of ['one', 'another']) await signInFrom(client, user, userAgent)
    const stretches = await stretchesOf(user)
    const tell = await app.container.make(TellUser)
    await system.transaction((trx) => trx.from('users').where('id', user.id).delete())

    for (const stretch of stretches) await tell.handle(stretch)

    const { rows } = await system.transaction((trx) =>
      trx.rawQuery('SELECT 1 FROM notifications WHERE user_id = ?', [user.id])
    )
    assert.lengthOf(rows, 0)
  })

  test('stays silent about what is gone', async ({ client, assert }) => {
    const user = await newcomer()
    await tenant.transaction(user.id, (trx) =>
      audit.record(
        {
          actor: 'system',
          action: 'import.completed',
          subject: Object.assign(new (class Import {})(), { id: randomUUIDv7() }),
          userId: user.id,
        },
        trx
      )
    )

    await tellAll(user)

    const { data } = await listed(client, user)
    assert.lengthOf(data, 0)
  })
})

test.group('Notifications / unread', () => {
  test('are asked for by the bare word', async ({ client, assert }) => {
    const user = await newcomer()
    const read = await told(user)
    const unread = await told(user)
    await client.patch(`${PATH}/${read}`).loginAs(user).json({ read: true })

    const response = await client.get(`${PATH}?unread`).loginAs(user)

    response.assertStatus(200)
    assert.deepEqual(
      response.body().data.map(({ id }: { id: string }) => id),
      [unread]
    )
  })
})

test.group('Notifications / sign-ins', () => {
  const laptop = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const updated = laptop.replaceAll('140.0', '141.0')
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1'

  test('tells of a device it does not know', async ({ client, assert }) => {
    const user = await newcomer()
    for (const userAgent of [laptop, updated, phone, phone, laptop]) {
      await signInFrom(client, user, userAgent)
    }

    await tellAll(user)

    const { data } = await listed(client, user)
    assert.lengthOf(data, 1)
    assert.equal(data[0].kind, 'sign_in.new')
    assert.match(data[0].body, /^Safari on an iPhone, from 127\.0\.0\.1, on .* \(UTC\)\.$/)
    assert.equal(data[0].subject.type, 'session')
  })

  test('tells of the first after a long time', async ({ client, assert }) => {
    const user = await newcomer()
    await system.transaction((trx) =>
      trx.rawQuery(`UPDATE users SET created_at = now() - interval '60 days' WHERE id = ?`, [
        user.id,
      ])
    )
    await signInFrom(client, user, phone)

    await tellAll(user)

    const { data } = await listed(client, user)
    assert.deepEqual(
      data.map(({ kind }) => kind),
      ['sign_in.new']
    )
  })
})

test.group('Notifications / retention', () => {
  test('forgets what is old, and sooner if it was read', async ({ client, assert }) => {
    const user = await newcomer()
    const ids = []
    for (let each = 0; each < 4; each++) ids.push(await told(user))
    const age = (id: string, days: number, isRead: boolean) =>
      system.transaction((trx) =>
        trx.rawQuery(
          `UPDATE notifications SET created_at = now() - ? * interval '1 day',
             read_at = CASE WHEN ? THEN now() END WHERE id = ?`,
          [days, isRead, id]
        )
      )
    await age(ids[0], 181, true)
    await age(ids[1], 179, true)
    await age(ids[2], 401, false)
    await age(ids[3], 399, false)

    await new ForgetNotifications().handle()

    const { data } = await listed(client, user)
    assert.deepEqual(
      data.map(({ id }) => id),
      [ids[3], ids[1]]
    )
  })
})
