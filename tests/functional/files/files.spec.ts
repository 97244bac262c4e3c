import { randomBytes, createHash, randomUUIDv7 } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { system } from '#core/database/system'
import DeleteBytes from '#files/jobs/delete_bytes'
import { newcomer } from '#tests/support/household'
import { bytesOnDisk, kept, PATH, PDF, uploaded, uploadFile } from '#tests/support/files'
import { postRaw } from '#tests/support/raw_http'
import { signIn } from '#tests/support/sign_in'
import type User from '#users/models/user'

/** Does what the worker does with the deletions that wait for it. */
async function deleteBytes(user: User) {
  const { rows } = await system.transaction((trx) =>
    trx.rawQuery(
      `SELECT payload FROM outbox WHERE job = 'delete-bytes' AND payload->>'key' LIKE ?`,
      [`%${user.id}%`]
    )
  )
  const job = await app.container.make(DeleteBytes)
  for (const { payload } of rows) await job.handle(payload)
}

test.group('Files / upload', () => {
  test('keeps what was sent', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await uploadFile(client, user)

    response.assertStatus(201)
    const { id, createdAt, ...rest } = response.body()
    assert.deepEqual(rest, {
      name: 'receipt.pdf',
      mimeType: 'application/pdf',
      size: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
    })
    assert.equal(response.header('location'), `${PATH}/${id}`)
    assert.deepEqual(await bytesOnDisk(user, id), PDF)
  })

  test('believes bytes, not clients', async ({ client, assert }) => {
    const user = await newcomer()
    const png = Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1')

    const response = await uploadFile(client, user, png, { name: 'a.html', claimed: 'text/html' })

    response.assertStatus(201)
    assert.equal(response.body().mimeType, 'image/png')
  })

  test('refuses {title}')
    .with([
      { title: 'a program', bytes: Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1') },
      { title: 'noise', bytes: randomBytes(5_000) },
      { title: 'nothing', bytes: Buffer.alloc(0) },
    ])
    .run(async ({ client, assert }, { bytes }) => {
      const user = await newcomer()

      const response = await uploadFile(client, user, bytes)

      response.assertStatus(415)
      assert.deepEqual(await kept(user), [])
    })

  test('refuses too much unread', async ({ client, assert }) => {
    const { accessToken } = await signIn(client, await newcomer())

    const { status } = await postRaw(PATH, {
      headers: {
        'authorization': `Bearer ${accessToken}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(200 * 1024 * 1024),
      },
      body: '--x\r\n',
    })

    assert.equal(status, 413)
  })

  test('keeps nothing of half a body', async ({ client, assert }) => {
    const user = await newcomer()
    const { accessToken } = await signIn(client, user)

    await postRaw(PATH, {
      headers: {
        'authorization': `Bearer ${accessToken}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '100000',
      },
      body: `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n${PDF}${'x'.repeat(9_000)}`,
      truncated: true,
    })

    const listed = await client.get(PATH).loginAs(user)
    assert.deepEqual(listed.body().data, [])
    assert.deepEqual(await kept(user), [])
  })

  test('shows a harmless name of {name}')
    .with([
      { name: '../../etc/passwd', shown: 'passwd' },
      { name: 'C:\\me\\receipt.pdf', shown: 'receipt.pdf' },
      { name: '<img src=x>.pdf', shown: '<img src=x>.pdf' },
      { name: 'Grüße \u202egpj.pdf', shown: 'Grüße gpj.pdf' },
    ])
    .run(async ({ client, assert }, { name, shown }) => {
      const user = await newcomer()

      const response = await uploadFile(client, user, PDF, { name })

      response.assertStatus(201)
      assert.equal(response.body().name, shown)
      const names = await kept(user)
      assert.match(names.join(), /^[0-9a-f-]{36}$/)
    })

  test('happens once under one key', async ({ client, assert }) => {
    const user = await newcomer()
    const post = (content: Buffer) =>
      uploadFile(client, user, content).header('idempotency-key', 'one')

    const [first, again] = [await post(PDF), await post(PDF)]
    const other = await post(Buffer.concat([PDF, PDF]))

    assert.deepEqual(again.body(), first.body())
    assert.equal(again.header('idempotency-replayed'), 'true')
    other.assertStatus(422)
    assert.lengthOf(await kept(user), 1)
  })

  test('takes no other fields', async ({ client, assert }) => {
    const user = await newcomer()

    const response = await uploadFile(client, user).field('userId', randomUUIDv7())

    response.assertStatus(422)
    assert.deepEqual(await kept(user), [])
  })
})

test.group('Files / download', () => {
  test('gives back the same bytes', async ({ client, assert }) => {
    const user = await newcomer()
    const content = Buffer.concat([PDF, randomBytes(200_000)])
    const id = await uploaded(client, user, content, { name: 'Grüße.pdf' })

    const response = await client.get(`${PATH}/${id}/download`).loginAs(user)

    response.assertStatus(200)
    assert.isTrue(content.equals(response.body()))
    assert.equal(response.header('content-type'), 'application/pdf')
    assert.equal(response.header('x-content-type-options'), 'nosniff')
    assert.equal(
      response.header('content-disposition'),
      `attachment; filename="Gr__e.pdf"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf`
    )
  })

  test('never shows markup in place', async ({ client, assert }) => {
    const user = await newcomer()
    const page = Buffer.from('<script>alert(1)</script>')
    const id = await uploaded(client, user, page, { name: 'a.html' })

    const response = await client.get(`${PATH}/${id}/download`).loginAs(user)

    assert.equal(response.header('content-type'), 'text/plain')
    assert.match(response.header('content-disposition')!, /^attachment;/)
  })
})

test.group('Files / contract', () => {
  test('lists page by page', async ({ client, assert }) => {
    const user = await newcomer()
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift(await uploaded(client, user))

    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await client
        .get(PATH)
        .qs(cursor ? { limit: 2, cursor } : { limit: 2 })
        .loginAs(user)
      seen.push(...page.body().data.map((file: { id: string }) => file.id))
      cursor = page.body().meta.nextCursor ?? undefined
    } while (cursor)

    assert.deepEqual(seen, ids)
  })

  test('deletes bytes as well', async ({ client, assert }) => {
    const user = await newcomer()
    const id = await uploaded(client, user)

    const deleted = await client.delete(`${PATH}/${id}`).loginAs(user)
    const [again, shown, downloaded] = [
      await client.delete(`${PATH}/${id}`).loginAs(user),
      await client.get(`${PATH}/${id}`).loginAs(user),
      await client.get(`${PATH}/${id}/download`).loginAs(user),
    ]
    await deleteBytes(user)
    await deleteBytes(user)

    deleted.assertStatus(204)
    for (const response of [again, shown, downloaded]) response.assertStatus(404)
    assert.deepEqual(await kept(user), [])
  })

  test("hides another user's", async ({ client, assert }) => {
    const [owner, stranger] = [await newcomer(), await newcomer()]
    const id = await uploaded(client, owner)

    for (const one of [id, randomUUIDv7()]) {
      const responses = [
        await client.get(`${PATH}/${one}`).loginAs(stranger),
        await client.get(`${PATH}/${one}/download`).loginAs(stranger),
        await client.delete(`${PATH}/${one}`).loginAs(stranger),
      ]
      for (const response of responses) response.assertStatus(404)
    }

    const listed = await client.get(PATH).loginAs(stranger)
    assert.deepEqual(listed.body().data, [])
    assert.deepEqual(await bytesOnDisk(owner, id), PDF)
  })

  test('asks for a sign-in', async ({ client }) => {
    const one = `${PATH}/${randomUUIDv7()}`

    const responses = [
      await client.get(PATH),
      await client.post(PATH).file('file', PDF, { filename: 'a.pdf' }),
      await client.get(one),
      await client.get(`${one}/download`),
      await client.delete(one),
    ]

    for (const response of responses) response.assertStatus(401)
  })
})
