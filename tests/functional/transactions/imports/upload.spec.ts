import { randomUUIDv7 } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { test } from '@japa/runner'
import { balances, household } from '#tests/support/household'
import { importFile, read, upload } from '#tests/support/imports'
import { postRaw } from '#tests/support/raw_http'
import { signIn } from '#tests/support/sign_in'

const CSV = 'date,payee,amount\n2026-01-01,Shop,-1.00\n'
const root = env.get('DRIVE_ROOT') ?? app.makePath('tmp/storage')

/** The files Finora keeps for a user. */
async function kept(userId: string) {
  return readdir(join(root, 'imports', userId)).catch(() => [])
}

test.group('Imports / upload', () => {
  test('refuses what is no statement: {title}')
    .with([
      { title: 'a ZIP', bytes: Buffer.from('PK\x03\x04 and more') },
      { title: 'a gzip bomb', bytes: gzipSync(Buffer.alloc(20_000_000)) },
      { title: 'a PDF', bytes: Buffer.from('%PDF-1.7') },
      { title: 'a picture', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
      { title: 'an old spreadsheet', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
    ])
    .run(async ({ client, assert }, { bytes }) => {
      const { user, checking } = await household({ checking: 0 })

      const response = await upload(client, user, checking, bytes)

      response.assertStatus(415)
      assert.equal(response.body().code, 'UnsupportedMediaType')
      assert.deepEqual(await kept(user.id), [])
    })

  test("refuses another's account", async ({ client, assert }) => {
    const [mine, theirs] = [await household({}), await household({ checking: 0 })]

    const response = await upload(client, mine.user, theirs.checking, CSV)
    const unknown = await upload(client, mine.user, { id: randomUUIDv7() }, CSV)

    response.assertStatus(422)
    unknown.assertStatus(422)
    assert.equal(response.body().errors[0].field, 'accountId')
    assert.deepEqual(await kept(mine.user.id), [])
    assert.deepEqual(await balances(theirs.user), { checking: 0 })
  })

  test('refuses a mapping with {title}')
    .with([
      { title: 'broken JSON', mapping: '{', field: 'mapping' },
      { title: 'a list', mapping: '[]', field: 'mapping' },
      { title: 'nothing', mapping: 'null', field: 'mapping' },
      { title: 'an unknown field', mapping: '{"userId":"x"}', field: 'mapping.userId' },
      { title: 'a prototype', mapping: '{"__proto__":{"id":"x"}}', field: 'mapping.__proto__' },
      { title: 'a wrong delimiter', mapping: '{"delimiter":"::"}', field: 'mapping.delimiter' },
      { title: 'an object as header', mapping: '{"payee":{}}', field: 'mapping.payee' },
    ])
    .run(async ({ client, assert }, { mapping, field }) => {
      const { user, checking } = await household({ checking: 0 })

      const response = await client
        .post('/api/v1/transactions/imports')
        .loginAs(user)
        .file('file', Buffer.from(CSV), { filename: 'a.csv' })
        .fields({ accountId: checking.id, mapping })

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
      assert.deepEqual(await kept(user.id), [])
    })

  test('refuses {title}')
    .with([
      { title: 'an unknown format', fields: { format: 'xlsx' }, field: 'format' },
      { title: 'an unknown field', fields: { status: 'completed' }, field: 'status' },
      { title: 'a perhaps', fields: { dryRun: 'maybe' }, field: 'dryRun' },
    ])
    .run(async ({ client, assert }, { fields, field }) => {
      const { user, checking } = await household({ checking: 0 })

      const response = await client
        .post('/api/v1/transactions/imports')
        .loginAs(user)
        .file('file', Buffer.from(CSV), { filename: 'a.csv' })
        .fields({ accountId: checking.id, ...fields } as unknown as Record<string, string>)

      response.assertStatus(422)
      assert.equal(response.body().errors[0].field, field)
      assert.deepEqual(await kept(user.id), [])
    })

  test('needs a file', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })

    const response = await client
      .post('/api/v1/transactions/imports')
      .loginAs(user)
      .fields({ accountId: checking.id })

    assert.include([415, 422], response.status())
  })

  test('makes a harmless name of {name}')
    .with([
      { name: '../../etc/passwd', shown: 'passwd' },
      { name: 'C:\\Users\\me\\bank.csv', shown: 'bank.csv' },
      { name: '<img src=x>.csv', shown: '<img src=x>.csv' },
    ])
    .run(async ({ client, assert }, { name, shown }) => {
      const { user, checking } = await household({ checking: 0 })

      const response = await upload(client, user, checking, CSV, { name })

      response.assertStatus(202)
      assert.equal(response.body().fileName, shown)
      const files = await kept(user.id)
      assert.match(files.join(), /^[0-9a-f-]{36}$/)
    })

  test('leaves nothing when it breaks off', async ({ client, assert }) => {
    const { user } = await household({ checking: 0 })
    const { accessToken } = await signIn(client, user)
    const part = 'Content-Disposition: form-data; name="file"; filename="a.csv"'

    await postRaw('/api/v1/transactions/imports', {
      headers: {
        'authorization': `Bearer ${accessToken}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '500000',
      },
      body: `--x\r\n${part}\r\n\r\n${CSV.repeat(5_000)}`,
      truncated: true,
    })

    const listed = await client.get('/api/v1/transactions/imports').loginAs(user)
    assert.deepEqual(listed.body().data, [])
    assert.deepEqual(await kept(user.id), [])
  })

  test('happens once under one key', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const post = (content: string) =>
      upload(client, user, checking, content).header('idempotency-key', 'file-1')

    const [first, again, other] = [await post(CSV), await post(CSV), await post(`${CSV}x`)]

    assert.deepEqual(again.body(), first.body())
    assert.equal(again.header('idempotency-replayed'), 'true')
    other.assertStatus(422)
    assert.equal(other.body().code, 'IdempotencyKeyReused')
    assert.lengthOf(await kept(user.id), 1)
  })

  test('is read once, however often asked', async ({ client, assert }) => {
    const { user, checking } = await household({ checking: 0 })
    const done = await importFile(client, user, checking, CSV)

    const again = await read(client, user, done.id)

    assert.deepEqual(again, done)
    assert.deepEqual(await balances(user), { checking: -1_00 })
  })

  test('keeps its account from being closed', async ({ client }) => {
    const { user, checking } = await household({ checking: 0 })
    await upload(client, user, checking, CSV)

    const response = await client.delete(`/api/v1/wallet/accounts/${checking.id}`).loginAs(user)

    response.assertStatus(409)
  })
})
